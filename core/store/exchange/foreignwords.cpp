#include "core/store/exchange/foreignwords.h"

#include <QHostAddress>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

/// U+202A to U+202E and U+2066 to U+2069: with them a name looks like another one.
bool turnsDirection(char32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

} // namespace

QString shownText(const QString &text, qsizetype limit)
{
    // Half a pair, as escapes of JSON can make it, is no character: UTF-8 has none for it.
    const QString whole = QString::fromUtf8(text.left(limit + 1).toUtf8());
    QString plain;
    for (const char32_t c : whole.toStdU32String()) {
        const QChar::Category category = QChar::category(c);
        const bool breaks = category == QChar::Other_Control || category == QChar::Separator_Line
            || category == QChar::Separator_Paragraph;
        // Noncharacters (U+FFFF and the like) are nothing that YAML could hold.
        if (breaks)
            plain += u' ';
        else if (!turnsDirection(c) && !QChar::isNonCharacter(c))
            plain += QChar::fromUcs4(c);
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
    static const QRegularExpression form(u"\\A[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\\z"_s);
    return form.match(text).hasMatch();
}

bool isNamespaceName(const QString &text)
{
    static const QRegularExpression form(u"\\A[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\z"_s);
    return form.match(text).hasMatch();
}

bool isPortName(const QString &text)
{
    static const QRegularExpression letter(u"[a-z]"_s);
    return isNamespaceName(text) && letter.match(text).hasMatch();
}

bool isSelectorText(const QString &text)
{
    static const QRegularExpression form(u"\\A[-A-Za-z0-9_./=!,()<> ]{1,4096}\\z"_s);
    static const QRegularExpression key(u"[A-Za-z0-9]"_s);
    return form.match(text).hasMatch() && key.match(text).hasMatch();
}

bool isIpAddress(const QString &text)
{
    // QHostAddress takes "127.1" and a zone behind "%", too; people who write that mean an address.
    static const QRegularExpression form(u"\\A[0-9A-Fa-f:.]+(%[A-Za-z0-9_.-]+)?\\z"_s);
    return form.match(text).hasMatch() && !QHostAddress(text).isNull();
}

bool isOpenToOthers(const QString &address)
{
    return isIpAddress(address) && !QHostAddress(address).isLoopback();
}

} // namespace Fairlead::Store
