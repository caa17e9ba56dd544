#include "core/store/exchange/shelltext.h"

#include "core/store/exchange/shellscope.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

// Longer words lead nowhere: a command line has some 128 KiB for all of them.
constexpr qsizetype MaxWordLength = 64 * 1024;
constexpr qsizetype MaxWords = 4'096;

bool isBlank(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\r';
}

bool isNameCharacter(QChar c)
{
    return c == u'_' || (c.isLetterOrNumber() && c.unicode() < 0x80);
}

/// Cuts a script into commands, character by character.
class ShellReader final
{
public:
    ShellReader(const QString &text, const std::function<void(const ShellCommand &)> &visit)
        : m_text(text)
        , m_visit(visit)
    {
    }

    void read()
    {
        while (!atEnd())
            step();
        endCommand();
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text.at(m_at + ahead) : QChar();
    }

    QChar take()
    {
        const QChar c = m_text.at(m_at++);
        if (c == u'\n') {
            ++m_line;
            m_lineStart = m_at;
        }
        return c;
    }

    void step()
    {
        const QChar c = peek();
        if (c == u'\n') {
            take();
            endCommand();
            skipHereDocuments();
        } else if (isBlank(c)) {
            take();
            endWord();
        } else if (c == u'#' && !m_inWord) {
            skipComment();
        } else if (c == u';' || c == u'&' || c == u'|' || c == u'(' || c == u')') {
            separator();
        } else if (c == u'<' || c == u'>') {
            redirection();
        } else {
            part();
        }
    }

    /// A piece of a word.
    void part()
    {
        beginWord();
        switch (peek().unicode()) {
        case u'\\':
            escape();
            break;
        case u'\'':
            take();
            while (!atEnd() && peek() != u'\'')
                add(take());
            if (!atEnd())
                take();
            break;
        case u'"':
            quoted();
            break;
        case u'$':
            dollar(false);
            break;
        case u'`':
            backticks();
            break;
        default: {
            const bool isPlain = m_word.plainPrefix == m_word.text.size();
            add(take());
            if (isPlain)
                m_word.plainPrefix = m_word.text.size();
        }
        }
    }

    void escape()
    {
        take();
        if (peek() == u'\r' && peek(1) == u'\n')
            take();
        if (atEnd())
            return;
        if (isWindowsPath() && peek() != u'\n')
            add(u'\\');
        const QChar c = take();
        if (c != u'\n')
            add(c);
        else if (m_word.text.isEmpty() && m_word.unknown.isEmpty())
            m_inWord = false; // a continuation between words
    }

    /// "C:\tools": nobody writes a backslash there for the shell.
    [[nodiscard]] bool isWindowsPath() const
    {
        return m_word.text.size() >= 2 && m_word.text.at(0).isLetter() && m_word.text.at(1) == u':';
    }

    void quoted()
    {
        take();
        while (!atEnd() && peek() != u'"') {
            if (peek() == u'$')
                dollar(true);
            else if (peek() == u'`')
                backticks();
            else if (peek() == u'\\' && QStringView(u"\\\"$`\n").contains(peek(1)) && m_at + 1 < m_text.size())
                quotedEscape();
            else
                add(take());
        }
        if (!atEnd())
            take();
    }

    void quotedEscape()
    {
        take();
        const QChar c = take();
        if (c != u'\n')
            add(c);
    }

    void dollar(bool inQuotes)
    {
        const qsizetype start = m_at;
        take();
        if (peek() == u'(')
            return substitution(start, balanced(u'(', u')'));
        if (peek() == u'{')
            return expand(inner(balanced(u'{', u'}')), start, inQuotes);
        const qsizetype nameStart = m_at;
        while (isNameCharacter(peek()))
            take();
        if (m_at > nameStart)
            return expand(m_text.mid(nameStart, m_at - nameStart), start, inQuotes);
        if (QStringView(u"@*#?$!-").contains(peek()) && !atEnd()) {
            take();
            unknown(start);
        } else {
            add(u'$');
        }
    }

    void backticks()
    {
        if (peek(1) == u'\n') { // PowerShell's continuation
            take();
            take();
            m_inWord = !m_word.text.isEmpty();
            return;
        }
        const qsizetype start = m_at;
        take();
        while (!atEnd() && peek() != u'`')
            take();
        if (!atEnd())
            take();
        substitution(start, m_text.mid(start, m_at - start));
    }

    /// `inside` has a bracket or backtick at either end.
    void substitution(qsizetype start, const QString &inside)
    {
        const bool isFirst = m_word.text.isEmpty() && m_word.unknown.isEmpty();
        unknown(start);
        m_word.command = isFirst ? inner(inside) : QString();
    }

    /// Without the first and the last character; empty if the text ended before a closing one.
    static QString inner(const QString &text) { return text.size() < 2 ? QString() : text.mid(1, text.size() - 2); }

    /// From an opening bracket to behind the one that closes it.
    QString balanced(QChar open, QChar close)
    {
        const qsizetype start = m_at;
        int depth = 0;
        QChar quote;
        do {
            const QChar c = take();
            if (!quote.isNull())
                quote = c == quote ? QChar() : quote;
            else if (c == u'"' || c == u'\'')
                quote = c;
            else
                depth += c == open ? 1 : c == close ? -1 : 0;
        } while (!atEnd() && (depth > 0 || !quote.isNull()));
        return m_text.mid(start, m_at - start);
    }

    /// NAME, or NAME:-VALUE as it stands in braces.
    void expand(const QString &inside, qsizetype start, bool inQuotes)
    {
        static const QRegularExpression form(u"\\A([A-Za-z_][A-Za-z0-9_]*)(?::?-([^$`\"'\\\\]*))?\\z"_s);
        const auto parts = form.match(inside);
        auto value = parts.hasMatch() ? m_scope.value(parts.captured(1)) : std::nullopt;
        if (parts.hasMatch() && parts.hasCaptured(2) && (!value || value->isEmpty()))
            value = parts.captured(2); // whether the environment has it, nobody knows: the default is what is meant
        if (!value)
            return unknown(start);
        for (const QChar c : std::as_const(*value)) {
            if (inQuotes || !(isBlank(c) || c == u'\n')) {
                add(c);
            } else {
                endWord();
                beginWord();
            }
        }
        if (!inQuotes && m_word.text.isEmpty() && m_word.unknown.isEmpty())
            m_inWord = false; // nothing comes of an empty value
    }

    void unknown(qsizetype start)
    {
        m_word.command.clear();
        if (m_word.unknown.isEmpty())
            m_word.unknown = m_text.mid(start, std::min(m_at - start, qsizetype(200)));
    }

    void add(QChar c)
    {
        m_word.command.clear();
        if (m_word.text.size() < MaxWordLength)
            m_word.text += c;
        else
            m_word.unknown = u"…"_s;
    }

    void separator()
    {
        if (peek() == u'(' && m_word.plainPrefix > 0 && m_word.text.endsWith(u'='))
            m_word.unknown = u"(…)"_s; // a list of bash
        if (peek() == u'&' && peek(1) == u'>')
            endWord(); // redirects both, and the command goes on
        else
            endCommand();
        if (take() == u';' && peek() == u';')
            m_scope.beginBranch(); // of a case
    }

    /// `2>&1`, `>>file`, `<<EOF`: the word behind it belongs to it.
    void redirection()
    {
        const bool isDescriptor = !m_word.text.isEmpty()
            && std::all_of(m_word.text.begin(), m_word.text.end(), [](QChar c) { return c.isDigit(); });
        if (isDescriptor) {
            m_word = {};
            m_inWord = false;
        }
        endWord();
        const bool isHere = peek() == u'<' && peek(1) == u'<' && peek(2) != u'<';
        while (peek() == u'<' || peek() == u'>' || peek() == u'&' || peek() == u'|' || (isHere && peek() == u'-'))
            take();
        m_nextWord = isHere ? NextWord::EndsHereDocument : NextWord::IsRedirection;
    }

    void skipComment()
    {
        while (!atEnd() && peek() != u'\n')
            take();
    }

    QString takeLine()
    {
        const qsizetype start = m_at;
        while (!atEnd() && peek() != u'\n')
            take();
        const QString line = m_text.mid(start, m_at - start);
        if (!atEnd())
            take();
        return line;
    }

    void skipHereDocuments()
    {
        for (const QString &end : std::exchange(m_hereDocuments, {})) {
            while (!atEnd() && takeLine().trimmed() != end) { }
        }
    }

    void beginWord()
    {
        if (!m_inWord && m_command.words.isEmpty() && m_nextWord == NextWord::IsOne) {
            m_command.line = m_line;
            m_command.column = int(m_at - m_lineStart) + 1;
            m_commandStart = m_at;
        }
        m_inWord = true;
    }

    void endWord()
    {
        if (!std::exchange(m_inWord, false))
            return;
        const ShellWord word = std::exchange(m_word, {});
        const NextWord role = std::exchange(m_nextWord, NextWord::IsOne);
        if (role == NextWord::EndsHereDocument)
            m_hereDocuments << word.text;
        else if (role == NextWord::IsOne && m_command.words.size() < MaxWords)
            m_command.words.append(word);
        if (m_command.words.size() == 1 && ShellScope::standsAlone(m_command.words.first()))
            endCommand();
    }

    void endCommand()
    {
        endWord();
        m_nextWord = NextWord::IsOne;
        if (m_command.words.isEmpty())
            return;
        m_command.source = m_text.mid(m_commandStart, std::min(m_at - m_commandStart, qsizetype(1'000))).trimmed();
        ShellCommand command = std::exchange(m_command, {});
        if (m_scope.enter(command))
            m_visit(command);
    }

    enum class NextWord { IsOne, IsRedirection, EndsHereDocument };

    const QString m_text;
    const std::function<void(const ShellCommand &)> &m_visit;
    ShellScope m_scope;
    qsizetype m_at = 0;
    qsizetype m_lineStart = 0;
    int m_line = 1;
    ShellCommand m_command;
    qsizetype m_commandStart = 0;
    ShellWord m_word;
    bool m_inWord = false;
    NextWord m_nextWord = NextWord::IsOne;
    QStringList m_hereDocuments; ///< what ends those that begin behind this line
};

} // namespace

void readShell(const QString &text, const std::function<void(const ShellCommand &)> &visit)
{
    ShellReader(text, visit).read();
}

} // namespace Fairlead::Store
