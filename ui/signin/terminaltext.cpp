#include "ui/signin/terminaltext.h"

#include <QRegularExpression>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

void TerminalText::feed(QByteArrayView bytes)
{
    const QString decoded = m_decoder.decode(bytes);
    for (const QChar character : decoded) {
        if (m_mode == Mode::Plain)
            take(character);
        else
            takeEscape(character);
    }
    if (m_text.size() > MaxChars)
        m_text.remove(0, m_text.size() - MaxChars);
}

void TerminalText::take(QChar character)
{
    switch (character.unicode()) {
    case 0x1b:
        m_mode = Mode::Escape;
        return;
    case u'\r':
        m_returned = true;
        return;
    case u'\b':
        if (m_text.size() > lineStart())
            m_text.chop(1);
        return;
    case u'\n':
        m_returned = false;
        m_text += character;
        return;
    default:
        put(character);
    }
}

void TerminalText::put(QChar character)
{
    const bool visible = character.isPrint() || character == u'\t' || character.isSurrogate();
    if (!visible) // controls, and marks that turn the direction of what follows
        return;
    if (std::exchange(m_returned, false))
        m_text.truncate(lineStart());
    m_text += character;
}

/// ECMA-48: ESC [ parameters, then a final byte from @ to ~; ESC ] and its like until BEL or ESC \.
void TerminalText::takeEscape(QChar character)
{
    const ushort code = character.unicode();
    switch (m_mode) {
    case Mode::Escape:
        if (code == u'[')
            m_mode = Mode::Control;
        else if (code == u']' || code == u'P' || code == u'X' || code == u'^' || code == u'_')
            m_mode = Mode::String;
        else if (code < 0x20 || code > 0x2f) // others have intermediate bytes before their last
            m_mode = Mode::Plain;
        return;
    case Mode::Control:
        if (code >= 0x40 && code <= 0x7e)
            m_mode = Mode::Plain;
        return;
    case Mode::String:
        if (code == 0x07)
            m_mode = Mode::Plain;
        else if (code == 0x1b)
            m_mode = Mode::StringEscape;
        return;
    case Mode::StringEscape:
        m_mode = code == u'\\' ? Mode::Plain : Mode::String;
        return;
    case Mode::Plain:
        return;
    }
}

void TerminalText::echo(const QString &line)
{
    m_returned = false;
    m_text += line + u'\n';
}

void TerminalText::clear()
{
    *this = TerminalText();
}

qsizetype TerminalText::lineStart() const
{
    return m_text.lastIndexOf(u'\n') + 1;
}

QUrl TerminalText::lastLink() const
{
    static const QRegularExpression address(u"https?://[^\\s\"'<>]+"_s);
    QString last;
    auto matches = address.globalMatch(m_text);
    while (matches.hasNext())
        last = matches.next().captured();
    while (!last.isEmpty() && u".,;:!?)]}"_s.contains(last.back()))
        last.chop(1);
    return last.isEmpty() ? QUrl() : QUrl(last, QUrl::StrictMode);
}

bool TerminalText::asksForSecret() const
{
    static const QRegularExpression words(u"pass(word|phrase|code)|secret|\\bpin\\b|passwort|kennwort"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return m_text.mid(lineStart()).contains(words);
}

} // namespace Fairlead::Ui
