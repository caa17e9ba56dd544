#include "core/store/exchange/jsontree.h"

#include <QRegularExpression>

#include <optional>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Kube::YamlError;
using Kube::YamlNode;
using Kube::YamlNodePtr;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// A number as it may be written: no leading zeros, digits on both sides of the point.
bool isNumber(const QString &word)
{
    static const QRegularExpression pattern(u"\\A-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?\\z"_s);
    return pattern.match(word).hasMatch();
}

/// Reads from front to back. The first problem ends it: from then on everything answers nullptr.
class JsonReader final
{
public:
    explicit JsonReader(QByteArrayView text)
        : m_text(text)
    {
    }

    [[nodiscard]] Result<YamlNodePtr, YamlError> read()
    {
        const YamlNodePtr root = value(1);
        skipSpace();
        if (root && m_at < m_text.size())
            fail(u"there is something behind its end"_s);
        if (m_error)
            return Failure{*m_error};
        return root;
    }

private:
    using Node = std::shared_ptr<YamlNode>;

    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text.at(m_at) : '\0'; }
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }

    char take()
    {
        const char c = m_text.at(m_at++);
        if (c == '\n') {
            ++m_line;
            m_column = 1;
        } else if ((quint8(c) & 0xC0) != 0x80) { // not a byte inside a character
            ++m_column;
        }
        return c;
    }

    void skipSpace()
    {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')
            take();
    }

    bool takeIf(char wanted)
    {
        skipSpace();
        if (peek() != wanted)
            return false;
        take();
        return true;
    }

    Node fail(const QString &words)
    {
        if (!m_error)
            m_error = YamlError{m_line, words, m_column};
        return {};
    }

    Node make(YamlNode::Kind kind) const
    {
        auto node = std::make_shared<YamlNode>();
        node->kind = kind;
        node->line = m_line;
        node->column = m_column;
        return node;
    }

    Node value(int depth)
    {
        skipSpace();
        if (atEnd())
            return fail(u"it ends too early"_s);
        if (depth > Kube::MaxYamlDepth)
            return fail(u"nested deeper than %1 levels"_s.arg(Kube::MaxYamlDepth));
        if (++m_nodes > Kube::MaxYamlNodes)
            return fail(u"more than %1 nodes"_s.arg(Kube::MaxYamlNodes));
        switch (peek()) {
        case '{':
            return object(depth);
        case '[':
            return array(depth);
        case '"': {
            auto node = make(YamlNode::Kind::Scalar);
            node->quoted = true;
            return string(node->text) ? node : nullptr;
        }
        default:
            return word();
        }
    }

    Node object(int depth)
    {
        auto node = make(YamlNode::Kind::Map);
        take();
        if (takeIf('}'))
            return node;
        do {
            skipSpace();
            QString key;
            if (!string(key))
                return {};
            if (!takeIf(':'))
                return fail(u"a colon is missing"_s);
            const Node child = value(depth + 1);
            if (!child)
                return {};
            node->size += child->size;
            node->fields.append({key, child});
        } while (takeIf(','));
        return takeIf('}') ? node : fail(u"a comma or a closing brace is missing"_s);
    }

    Node array(int depth)
    {
        auto node = make(YamlNode::Kind::List);
        take();
        if (takeIf(']'))
            return node;
        do {
            const Node child = value(depth + 1);
            if (!child)
                return {};
            node->size += child->size;
            node->items.append(child);
        } while (takeIf(','));
        return takeIf(']') ? node : fail(u"a comma or a closing bracket is missing"_s);
    }

    /// null, true, false or a number.
    Node word()
    {
        auto node = make(YamlNode::Kind::Scalar);
        const qsizetype start = m_at;
        const auto belongs = [](char c) {
            return (c >= 'a' && c <= 'z') || isDigit(c) || c == '-' || c == '+' || c == '.' || c == 'E';
        };
        while (belongs(peek()))
            take();
        node->text = QString::fromLatin1(m_text.sliced(start, m_at - start));
        if (node->text == "null"_L1) {
            node->kind = YamlNode::Kind::Null;
            node->text.clear();
        } else if (node->text != "true"_L1 && node->text != "false"_L1 && !isNumber(node->text)) {
            m_column = node->column;
            return fail(u"a value is missing"_s);
        }
        return node;
    }

    bool string(QString &out)
    {
        if (peek() != '"')
            return bool(fail(u"a text in quotes is missing"_s));
        take();
        qsizetype start = m_at;
        while (!atEnd() && peek() != '"') {
            if (quint8(peek()) < 0x20)
                return bool(fail(u"a line break or another control character in a text"_s));
            if (peek() == '\\') {
                out += QString::fromUtf8(m_text.sliced(start, m_at - start));
                if (!escape(out))
                    return false;
                start = m_at;
            } else {
                take();
            }
        }
        if (atEnd())
            return bool(fail(u"a text has no end"_s));
        out += QString::fromUtf8(m_text.sliced(start, m_at - start));
        take();
        return true;
    }

    bool escape(QString &out)
    {
        static constexpr QByteArrayView Letters("\"\\/bfnrt");
        static constexpr QByteArrayView Meanings("\"\\/\b\f\n\r\t");
        take();
        if (peek() == 'u') {
            take();
            return codeUnit(out);
        }
        const qsizetype which = atEnd() ? -1 : Letters.indexOf(peek());
        if (which < 0)
            return bool(fail(u"a backslash with something unknown behind it"_s));
        take();
        out += QLatin1Char(Meanings.at(which));
        return true;
    }

    /// UTF-16: a pair of them makes one character in the text, as it does in a QString.
    bool codeUnit(QString &out)
    {
        if (m_text.size() - m_at < 4)
            return bool(fail(u"\\u needs four hexadecimal digits"_s));
        const QByteArray digits = m_text.sliced(m_at, 4).toByteArray();
        bool isHex = false;
        const ushort unit = digits.toUShort(&isHex, 16);
        if (!isHex || digits.contains('+') || digits.contains('-') || digits.contains('x') || digits.contains('X')
            || digits.contains(' '))
            return bool(fail(u"\\u needs four hexadecimal digits"_s));
        for (int i = 0; i < 4; ++i)
            take();
        out += QChar(unit);
        return true;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    int m_line = 1;
    int m_column = 1;
    qint64 m_nodes = 0;
    std::optional<YamlError> m_error;
};

} // namespace

Result<YamlNodePtr, YamlError> parseJson(QByteArrayView text)
{
    return JsonReader(text).read();
}

} // namespace Fairlead::Store
