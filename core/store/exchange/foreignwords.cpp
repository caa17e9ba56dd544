#include "core/store/exchange/foreignwords.h"

#include <QHostAddress>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

bool matches(const QString &text, const QString &pattern)
{
    return QRegularExpression(u"\\A(?:"_s + pattern + u")\\z"_s).match(text).hasMatch();
}

/// U+202A to U+202E and U+2066 to U+2069: with them a name looks like another one.
bool turnsDirection(QChar c)
{
    return (c >= QChar(0x202A) && c <= QChar(0x202E)) || (c >= QChar(0x2066) && c <= QChar(0x2069));
}

} // namespace

QString shownText(const QString &text, qsizetype limit)
{
    QString plain;
    for (const QChar c : text.left(limit + 1)) {
        const bool breaks = c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line
            || c.category() == QChar::Separator_Paragraph;
        if (!turnsDirection(c))
            plain += breaks ? u' ' : c;
    }
    if (plain.size() <= limit)
        return plain.trimmed();
    plain.truncate(limit - 1);
    if (plain.back().isHighSurrogate())
        plain.chop(1);
    return plain.trimmed() + u'…';
}

bool isObjectName(const QString &text)
{
    return text.size() <= 253 && matches(text, u"[a-z0-9]([-a-z0-9.]*[a-z0-9])?"_s);
}

bool isNamespaceName(const QString &text)
{
    return text.size() <= 63 && matches(text, u"[a-z0-9]([-a-z0-9]*[a-z0-9])?"_s);
}

bool isPortName(const QString &text)
{
    return isNamespaceName(text) && matches(text, u".*[a-z].*"_s);
}

bool isSelectorText(const QString &text)
{
    return text.size() <= 4096 && matches(text, u"[-A-Za-z0-9_./=!,()<> ]*[A-Za-z0-9_./()][-A-Za-z0-9_./=!,()<> ]*"_s);
}

bool isIpAddress(const QString &text)
{
    // QHostAddress takes "127.1" and a zone behind "%", too; people who write that mean an address.
    return matches(text, u"[0-9A-Fa-f:.]+(%[A-Za-z0-9_.-]+)?"_s) && !QHostAddress(text).isNull();
}

bool isOpenToOthers(const QString &address)
{
    return isIpAddress(address) && !QHostAddress(address).isLoopback();
}

} // namespace Fairlead::Store
