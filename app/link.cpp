#include "app/link.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::App::Link)
};

constexpr qsizetype LongestLink = 2'000;

} // namespace

bool isLink(const QString &word)
{
    return word.startsWith("fairlead:"_L1, Qt::CaseInsensitive);
}

Result<QString, QString> profileOfLink(const QString &link)
{
    const QUrl url(link, QUrl::StrictMode);
    const QString path = url.path(QUrl::FullyDecoded);
    const bool isUp = link.size() <= LongestLink && url.isValid() && url.scheme() == "fairlead"_L1
        && url.authority() == "up"_L1 && !url.hasQuery() && !url.hasFragment();
    const QString name = path.mid(1);
    const bool isName = !name.isEmpty() && !name.contains(u'/')
        && std::none_of(name.begin(), name.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
    if (!isUp || !isName)
        return Failure{Text::tr("This link means nothing to Fairlead; it knows fairlead://up/PROFILE.")};
    return name;
}

} // namespace Fairlead::App
