#include "core/store/exchange/commandline.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

/// Programs that start the program behind them, and prompts that were pasted along.
const QStringList &starters()
{
    static const QStringList words{u"nohup"_s, u"sudo"_s,    u"exec"_s,     u"env"_s,       u"command"_s,  u"setsid"_s,
                                   u"nice"_s,  u"timeout"_s, u"time"_s,     u"watch"_s,     u"microk8s"_s, u"k3s"_s,
                                   u"$"_s,     u"%"_s,       u"minikube"_s, u"daemonize"_s, u"start"_s};
    return words;
}

/// "/usr/local/bin/kubectl" and "kubectl.exe" are kubectl.
QString programName(const QString &word)
{
    QString name = word.mid(std::max(word.lastIndexOf(u'/'), word.lastIndexOf(u'\\')) + 1);
    if (name.endsWith(".exe"_L1))
        name.chop(4);
    return name;
}

class Reader
{
public:
    Reader(const QList<ShellWord> &words, const CommandFlags &flags)
        : m_words(words)
        , m_flags(flags)
    {
    }

    CommandLine read()
    {
        while (m_at < m_words.size()) {
            const ShellWord word = m_words.at(m_at++);
            if (word.text == "--"_L1 && word.unknown.isEmpty())
                break;
            if (word.text.startsWith("--"_L1))
                longFlag(word);
            else if (word.text.startsWith(u'-') && word.text.size() > 1)
                shortFlag(word);
            else
                m_line.positionals.append(word);
        }
        m_line.positionals += m_words.sliced(std::min(m_at, m_words.size()));
        return m_line;
    }

private:
    void longFlag(const ShellWord &word)
    {
        const qsizetype equals = word.text.indexOf(u'=');
        const QString name = word.text.mid(2, equals < 0 ? -1 : equals - 2).replace(u'_', u'-');
        if (equals >= 0)
            set(name, {word.text.mid(equals + 1), word.unknown, {}, 0});
        else if (m_flags.withValue.contains(name))
            set(name, takeNext());
        else
            set(name, {u"true"_s, word.unknown, {}, 0});
    }

    void shortFlag(const ShellWord &word)
    {
        const QString letter = word.text.mid(1, 1);
        const QString name = m_flags.longNames.value(letter, letter);
        QString rest = word.text.mid(2);
        if (!m_flags.withValue.contains(name) && !m_flags.withValue.contains(letter))
            return set(name, {u"true"_s, word.unknown, {}, 0});
        if (rest.isEmpty() && word.unknown.isEmpty())
            return set(name, takeNext());
        if (rest.startsWith(u'='))
            rest.remove(0, 1);
        set(name, {rest, word.unknown, {}, 0});
    }

    ShellWord takeNext() { return m_at < m_words.size() ? m_words.at(m_at++) : ShellWord(); }

    void set(const QString &name, const ShellWord &value)
    {
        if (!m_flags.withValue.contains(name) && !m_flags.switches.contains(name))
            m_line.unknownFlags << (name.size() == 1 ? u"-"_s : u"--"_s) + name;
        m_line.flags.insert(name, value);
    }

    const QList<ShellWord> &m_words;
    const CommandFlags &m_flags;
    qsizetype m_at = 0;
    CommandLine m_line;
};

} // namespace

CommandLine readCommandLine(const QList<ShellWord> &words, const CommandFlags &flags)
{
    return Reader(words, flags).read();
}

qsizetype findProgram(const ShellCommand &command, const QStringList &names)
{
    bool wasStarter = false;
    for (qsizetype i = 0; i < command.words.size(); ++i) {
        const ShellWord &word = command.words.at(i);
        const QString name = programName(word.text);
        if (names.contains(name) && word.unknown.isEmpty())
            return i;
        const bool isStarter = starters().contains(name);
        if (!isStarter && !wasStarter && word.assignedName().isEmpty())
            return -1; // another program, which may well have "kubectl" among its words
        wasStarter = wasStarter || isStarter;
    }
    return -1;
}

} // namespace Fairlead::Store
