// krelay: the file of targets, one a line: [-n NAMESPACE] [-l ADDRESS] TYPE/NAME [LOCAL:]REMOTE[@PROTOCOL]...
#include "core/store/exchange/foreignwords.h"
#include "core/store/exchange/readers.h"
#include "core/store/exchange/rowmaker.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

/// A flag's value, whether it stands in the same word or the next.
struct Words {
    QStringList words;
    qsizetype at = 0;

    [[nodiscard]] bool atEnd() const { return at >= words.size(); }
    QString take() { return atEnd() ? QString() : words.at(at++); }
    std::optional<QString> takeValue(const QString &shortFlag, const QString &longFlag)
    {
        const QString &word = words.at(at);
        if (word.startsWith(longFlag + u'='))
            return take().mid(longFlag.size() + 1);
        if (word != shortFlag && word != longFlag)
            return std::nullopt;
        ++at;
        return take();
    }
};

void readFlag(Words &words, RowMaker &row)
{
    if (const auto name = words.takeValue(u"-n"_s, u"--namespace"_s))
        row.setNamespace(*name);
    else if (const auto address = words.takeValue(u"-l"_s, u"--address"_s))
        row.setAddresses({*address});
    else
        row.skip(Text::tr("The flag \"%1\" is not known.").arg(shownText(words.take())));
}

void readTarget(const QString &target, RowMaker &row)
{
    if (target.startsWith("host/"_L1) || target.startsWith("ip/"_L1))
        row.skip(Text::tr("It leads to a host beyond the cluster's pods, which Fairlead does not forward to."));
    else
        row.setTarget(target);
}

void readPort(const QString &word, RowMaker &row)
{
    const QString protocol = word.section(u'@', 1).toLower();
    if (protocol.isEmpty() || protocol == "tcp"_L1)
        row.addPort(word.section(u'@', 0, 0));
    else
        row.change(Text::tr("Port %1 is left out: Kubernetes forwards TCP only.").arg(shownText(word)));
}

ImportedRow readRow(const QString &line, int number)
{
    RowMaker row(number, 1);
    row.setSource(line);
    Words words{line.simplified().split(u' ')};
    bool hasTarget = false;
    while (!words.atEnd()) { // flags may stand anywhere
        if (words.words.at(words.at).startsWith(u'-')) {
            readFlag(words, row);
        } else if (hasTarget) {
            readPort(words.take(), row);
        } else {
            readTarget(words.take(), row);
            hasTarget = true;
        }
    }
    return row.finish();
}

} // namespace

Reading readKrelay(const QString &text)
{
    Imported result{Format::Krelay};
    int number = 0;
    for (const QStringView line : QStringView(text).tokenize(u'\n')) {
        ++number;
        const QStringView content = line.trimmed();
        if (content.isEmpty() || content.startsWith(u'#') || content.startsWith("//"_L1))
            continue;
        result.rows.append(readRow(line.toString(), number));
        if (result.rows.size() > MaxImportedRows)
            break; // the caller refuses it
    }
    return result;
}

} // namespace Fairlead::Store
