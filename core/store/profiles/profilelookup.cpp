#include "core/store/profiles/profilelookup.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Store::ProfileLookup)
};

} // namespace

QString placedText(const QString &file, const ProfileError &error)
{
    if (error.line == 0)
        return Text::tr("%1: %2").arg(file, error.text);
    if (error.column == 0)
        return Text::tr("%1, line %2: %3").arg(file, QString::number(error.line), error.text);
    return Text::tr("%1, line %2, column %3: %4")
        .arg(file, QString::number(error.line), QString::number(error.column), error.text);
}

bool isProfilePath(const QString &which)
{
    return which.contains(u'/') || which.endsWith(".yaml"_L1) || which.endsWith(".yml"_L1);
}

Result<Profile, QString> lookUpProfile(const QString &which, const ProfileFolder &folder)
{
    if (isProfilePath(which)) {
        auto loaded = loadProfile(which);
        if (!loaded)
            return Failure{placedText(which, loaded.error())};
        return std::move(loaded).value().profile;
    }
    if (const auto *entry = folder.find(which))
        return entry->profile;
    QStringList names;
    for (const auto &entry : folder.entries()) {
        if (entry.error && entry.name == which)
            return Failure{placedText(entry.file, *entry.error)};
        if (!entry.error)
            names << entry.name;
    }
    const QString missing = Text::tr("There is no profile named \"%1\" in %2.").arg(which, folder.path());
    return Failure{names.isEmpty() ? missing : missing + u' ' + Text::tr("There are: %1.").arg(names.join(u", "_s))};
}

} // namespace Fairlead::Store
