#include "fuzztargets.h"

#include "core/store/exchange/jsontree.h"
#include "core/store/exchange/shelltext.h"
#include "core/store/exchange/sourcetext.h"
#include "core/store/profiles/profilereader.h"
#include "core/store/profiles/profilewriter.h"
#include "promises.h"

#include <QJsonDocument>

#include <optional>

using namespace Fairlead;
using namespace Fairlead::Store;

namespace {

// Longer texts only make it slower; limits on size have tests of their own.
constexpr qsizetype MaxBytes = 64 * 1024;

template <Format format>
void importAs(const QByteArray &bytes)
{
    if (bytes.size() <= MaxBytes)
        checkImport(bytes, format);
}

void importAny(const QByteArray &bytes)
{
    if (bytes.size() <= MaxBytes)
        checkImport(bytes, std::nullopt);
}

/// What it reads, Qt reads too, and sees as many values in it.
void json(const QByteArray &bytes)
{
    const auto text = checkedText(bytes, MaxBytes);
    if (!text)
        return;
    const auto root = parseJson(*text);
    if (!root)
        return promise(root.error().line > 0 && root.error().column > 0 && !root.error().text.isEmpty());
    QJsonParseError error;
    QJsonDocument::fromJson('[' + *text + ']', &error);
    promise(error.error == QJsonParseError::NoError || error.error == QJsonParseError::IllegalUTF8String
            || error.error == QJsonParseError::IllegalNumber);
}

void shell(const QByteArray &bytes)
{
    if (bytes.size() > MaxBytes)
        return;
    const QString text = QString::fromUtf8(bytes);
    int lastLine = 1;
    readShell(text, [&](const ShellCommand &command) {
        promise(!command.words.isEmpty());
        promise(command.line >= lastLine && command.column >= 1);
        lastLine = command.line;
    });
}

/// What is read and written again reads back the same.
void profile(const QByteArray &bytes)
{
    if (bytes.size() > MaxBytes)
        return;
    const auto first = readProfile(bytes);
    if (!first)
        return promise(!first.error().text.isEmpty());
    const QByteArray text = writeProfile(*first);
    const auto again = readProfile(text);
    promise(again.hasValue());
    promise(writeProfile(*again) == text);
}

} // namespace

const QList<FuzzTarget> &fuzzTargets()
{
    static const QList<FuzzTarget> targets{
        {"any", importAny},
        {"json", json},
        {"shell", shell},
        {"profile", profile},
        {"fairlead", importAs<Format::Profile>},
        {"kubectl", importAs<Format::Commands>},
        {"kftray", importAs<Format::Kftray>},
        {"kube-forwarder", importAs<Format::KubeForwarder>},
        {"lens", importAs<Format::Lens>},
        {"headlamp", importAs<Format::Headlamp>},
        {"krelay", importAs<Format::Krelay>},
        {"kubefwd", importAs<Format::Kubefwd>},
        {"skaffold", importAs<Format::Skaffold>},
        {"annotations", importAs<Format::Annotations>},
    };
    return targets;
}
