#include "core/store/exchange/shellscope.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

// A value that doubles itself in each line is the shell's way of a billion laughs.
constexpr qsizetype MaxValueLength = 4'096;
// Nobody nests deeper; what does is not followed any further.
constexpr qsizetype MaxNesting = 1'000;

bool isOneOf(const QString &word, const QStringList &words)
{
    return words.contains(word);
}

bool isPlain(const ShellWord &word)
{
    return word.plainPrefix == word.text.size() && word.unknown.isEmpty();
}

} // namespace

QString ShellWord::assignedName() const
{
    static const QRegularExpression name(u"\\A[A-Za-z_][A-Za-z0-9_]*\\z"_s);
    const qsizetype equals = text.left(plainPrefix).indexOf(u'=');
    const QString left = equals < 0 ? QString() : text.left(equals);
    return name.match(left).hasMatch() ? left : QString();
}

std::optional<QString> ShellScope::value(const QString &variable) const
{
    const auto found = m_variables.find(variable);
    return found == m_variables.end() ? std::nullopt : std::optional(*found);
}

void ShellScope::forget(const QString &variable)
{
    m_variables.remove(variable);
}

/// Which branch is taken is not known, and how often a loop is gone through neither: what they set is not known after.
void ShellScope::beginBranch()
{
    for (const QString &name : std::as_const(m_assignedInside))
        forget(name);
}

void ShellScope::close()
{
    if (m_open.isEmpty())
        return;
    beginBranch();
    m_open.removeLast();
    if (m_open.isEmpty())
        m_assignedInside.clear();
}

void ShellScope::assign(const ShellWord &word)
{
    const QString name = word.assignedName();
    const QString value = word.text.mid(name.size() + 1);
    if (!m_open.isEmpty())
        m_assignedInside.insert(name);
    if (word.unknown.isEmpty() && value.size() <= MaxValueLength)
        m_variables.insert(name, value);
    else
        forget(name);
}

bool ShellScope::standsAlone(const ShellWord &word)
{
    return isPlain(word)
        && isOneOf(word.text,
                   {u"if"_s, u"while"_s, u"until"_s, u"{"_s, u"then"_s, u"do"_s, u"else"_s, u"elif"_s, u"!"_s,
                    u"time"_s, u"done"_s, u"fi"_s, u"esac"_s, u"}"_s});
}

bool ShellScope::takeKeyword(const ShellCommand &command)
{
    const QString word = isPlain(command.words.first()) ? command.words.first().text : QString();
    const bool beginsLoop = isOneOf(word, {u"for"_s, u"while"_s, u"until"_s, u"select"_s});
    if (beginsLoop || isOneOf(word, {u"if"_s, u"case"_s, u"{"_s})) {
        if (m_open.size() < MaxNesting)
            m_open.append(beginsLoop);
        if (isOneOf(word, {u"for"_s, u"select"_s}) && command.words.size() > 1)
            forget(command.words.at(1).text);
        return true;
    }
    if (isOneOf(word, {u"done"_s, u"fi"_s, u"esac"_s, u"}"_s}))
        close();
    else if (isOneOf(word, {u"else"_s, u"elif"_s}))
        beginBranch();
    else
        return standsAlone(command.words.first());
    return true;
}

bool ShellScope::enter(ShellCommand &command)
{
    if (takeKeyword(command))
        return false;
    command.inLoop = m_open.contains(true);
    const QString verb = command.words.first().text;
    qsizetype at = isOneOf(verb, {u"export"_s, u"readonly"_s, u"local"_s, u"declare"_s}) ? 1 : 0;
    const bool declares = at == 1;
    while (at < command.words.size() && !command.words.at(at).assignedName().isEmpty())
        ++at;
    if (at == command.words.size() || declares) { // else they are for that command only
        for (const ShellWord &word : std::as_const(command.words)) {
            if (!word.assignedName().isEmpty())
                assign(word);
        }
    }
    if (isOneOf(verb, {u"read"_s, u"unset"_s, u"mapfile"_s})) {
        for (const ShellWord &word : std::as_const(command.words))
            forget(word.text);
    }
    return true;
}

} // namespace Fairlead::Store
