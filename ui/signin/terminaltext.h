#pragma once

#include <QByteArrayView>
#include <QString>
#include <QStringDecoder>
#include <QUrl>

namespace Fairlead::Ui {

/// What a program writes for a terminal, as plain text: UTF-8 across chunks, escape sequences (ECMA-48) left out, a
/// carriage return begins its line anew, a backspace takes a character back. Characters that nobody can see or that
/// turn the direction of others are dropped. Keeps the last MaxChars characters. No I/O.
class TerminalText
{
public:
    static constexpr qsizetype MaxChars = 64 * 1024;

    void feed(QByteArrayView bytes);
    /// A line of the user's, as a terminal would echo it.
    void echo(const QString &line);
    void clear();

    [[nodiscard]] const QString &text() const { return m_text; }
    /// The last web address in it; invalid: none.
    [[nodiscard]] QUrl lastLink() const;
    /// The unfinished line at its end asks for something that must not be seen.
    [[nodiscard]] bool asksForSecret() const;

private:
    enum class Mode { Plain, Escape, Control, String, StringEscape };

    void take(QChar character);
    void takeEscape(QChar character);
    void put(QChar character);
    [[nodiscard]] qsizetype lineStart() const;

    QStringDecoder m_decoder{QStringDecoder::Utf8};
    QString m_text;
    Mode m_mode = Mode::Plain;
    bool m_returned = false; ///< the next character overwrites the line
};

} // namespace Fairlead::Ui
