#include "app/cli/completion/completion.h"

#include "app/cli/exchangeflags.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

QList<Candidate> candidatesOf(const QStringList &words)
{
    QList<Candidate> result;
    for (const QString &word : words)
        result << Candidate{word};
    return result;
}

/// The values of flags that mean the same wherever they occur.
const QList<std::pair<QString, QStringList>> &fixedValues()
{
    static const QStringList durations{u"30s"_s, u"1m"_s, u"5m"_s};
    static const QList<std::pair<QString, QStringList>> table{
        {u"address"_s, {u"localhost"_s, u"127.0.0.1"_s, u"::1"_s, u"0.0.0.0"_s}},
        {u"pod-policy"_s, {u"first-ready"_s, u"sticky"_s, u"round-robin"_s}},
        {u"transport"_s, {u"auto"_s, u"spdy"_s, u"websocket"_s}},
        {u"route"_s, {u"pod"_s, u"node-proxy"_s}},
        {u"from"_s, formatWords(false)},
        {u"to"_s, formatWords(true)},
        {u"wait"_s, durations},
        {u"pod-running-timeout"_s, durations},
        {u"connection-wait"_s, durations},
    };
    return table;
}

bool namesAFile(const ArgumentOption &option)
{
    static const QStringList files{u"kubeconfig"_s, u"certificate-authority"_s, u"client-certificate"_s,
                                   u"client-key"_s, u"kubeconfig-out"_s,        u"pods"_s,
                                   u"screenshot"_s};
    return files.contains(option.name) || option.valueName == "FILE"_L1;
}

/// One line to complete: the words before the cursor, and what is typed there.
class Line
{
public:
    Line(const CompletedCommand &command, const QStringList &before, const QString &typed, const NameSources &names)
        : m_command(command)
        , m_names(names)
        , m_reader(command.reader())
        , m_typed(typed)
    {
        QStringList words = before;
        m_onlyOperands = words.contains(u"--"_s);
        if (const ArgumentOption *option = waiting(words)) {
            m_waiting = *option;
            words.removeLast();
        }
        if (const auto parsed = m_reader.parse(words))
            m_line = *parsed;
    }

    [[nodiscard]] Completion complete() const
    {
        if (m_waiting)
            return values(*m_waiting, m_typed, {});
        const qsizetype equals = m_typed.indexOf(u'=');
        if (!m_onlyOperands && m_typed.startsWith("--"_L1) && equals > 0) {
            const ArgumentOption *option = m_reader.find(m_typed.sliced(2, equals - 2));
            return option ? values(*option, m_typed.sliced(equals + 1), m_typed.first(equals + 1)) : Completion();
        }
        if (!m_onlyOperands && m_typed.startsWith(u'-'))
            return {matching(flags(), m_typed, {})};
        return operands();
    }

private:
    /// The flag at the end that has its value still to come: what the reader complains about.
    [[nodiscard]] const ArgumentOption *waiting(const QStringList &words) const
    {
        if (words.isEmpty() || m_onlyOperands)
            return nullptr;
        const auto parsed = m_reader.parse(words);
        if (parsed || !parsed.error().startsWith("flag needs an argument"_L1))
            return nullptr;
        const QString last = words.last();
        return last.startsWith("--"_L1) ? m_reader.find(last.sliced(2)) : m_reader.find(last.back());
    }

    [[nodiscard]] static QList<Candidate> matching(const QList<Candidate> &all, const QString &typed,
                                                   const QString &before)
    {
        QList<Candidate> result;
        for (const Candidate &one : all) {
            if (one.word.startsWith(typed))
                result << Candidate{before + one.word, one.help};
        }
        return result;
    }

    [[nodiscard]] QList<Candidate> flags() const
    {
        QList<Candidate> result;
        for (const ArgumentOption &option : m_reader.options()) {
            result << Candidate{u"--"_s + option.name, option.help};
            if (!option.shortName.isNull())
                result << Candidate{u'-' + QString(option.shortName), option.help};
        }
        return result;
    }

    [[nodiscard]] QStringList namesFor(const ArgumentOption &option) const
    {
        const std::array sources{std::pair(u"context"_s, m_names.contexts), std::pair(u"cluster"_s, m_names.clusters),
                                 std::pair(u"user"_s, m_names.users), std::pair(u"namespace"_s, m_names.namespaces),
                                 std::pair(u"profile"_s, m_names.profiles)};
        for (const auto &[name, source] : sources) {
            if (option.name == name)
                return source(m_line);
        }
        for (const auto &[name, words] : fixedValues()) {
            if (option.name == name)
                return words;
        }
        if (option.name == "output"_L1)
            return option.valueName.contains("json"_L1) ? option.valueName.split(u'|')
                                                        : QStringList{u"json"_s, u"text"_s};
        return {};
    }

    [[nodiscard]] Completion values(const ArgumentOption &option, const QString &typed, const QString &before) const
    {
        if (namesAFile(option))
            return {{}, true};
        return {matching(candidatesOf(namesFor(option)), typed, before)};
    }

    [[nodiscard]] Completion operands() const
    {
        const bool isFirst = m_line.positionals().isEmpty();
        switch (m_command.operands) {
        case Operands::None:
            return {};
        case Operands::Files:
            return {{}, true};
        case Operands::Target:
            return isFirst && !m_line.isSet(u"selector"_s) ? offered(m_names.targets(m_line)) : Completion();
        case Operands::Profile:
            if (m_typed.contains(u'/') || m_typed.contains(".y"_L1))
                return {{}, isFirst};
            return isFirst ? offered(m_names.profiles(m_line)) : Completion();
        case Operands::Profiles:
            return offered(m_names.profiles(m_line));
        case Operands::Forwards:
            return offered(m_names.forwards(m_line));
        }
        return {};
    }

    [[nodiscard]] Completion offered(const QStringList &words) const
    {
        return {matching(candidatesOf(words), m_typed, {})};
    }

    const CompletedCommand &m_command;
    const NameSources &m_names;
    ArgumentReader m_reader;
    QString m_typed;
    bool m_onlyOperands = false;
    std::optional<ArgumentOption> m_waiting;
    ParsedArguments m_line;
};

/// The first words of commands, or the second ones of those that have two.
QList<Candidate> commandWords(const QList<CompletedCommand> &commands, const QStringList &before, const QString &typed)
{
    QList<Candidate> result;
    for (const CompletedCommand &command : commands) {
        if (command.words.size() <= before.size() || command.words.first(before.size()) != before)
            continue;
        const Candidate word{command.words.at(before.size()), command.help};
        if (word.word.startsWith(typed) && !result.contains(word))
            result << word;
    }
    return result;
}

} // namespace

Completion complete(const QStringList &words, const QList<CompletedCommand> &commands, const NameSources &names)
{
    const QStringList before = words.mid(0, words.size() - 1);
    const QString typed = words.value(words.size() - 1);
    const CompletedCommand *chosen = nullptr; // the longest that stands there
    for (const CompletedCommand &command : commands) {
        if (before.mid(0, command.words.size()) == command.words
            && (!chosen || command.words.size() > chosen->words.size()))
            chosen = &command;
    }
    const bool isWindow = !chosen || chosen->words.isEmpty();
    const bool isCommandWord = isWindow && !typed.startsWith(u'-')
        && std::none_of(before.begin(), before.end(), [](const QString &word) { return word.startsWith(u'-'); });
    if (isCommandWord)
        return {commandWords(commands, before, typed)};
    return chosen ? Line(*chosen, before.mid(chosen->words.size()), typed, names).complete() : Completion();
}

} // namespace Fairlead::App
