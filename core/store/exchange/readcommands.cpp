// Lines of kubectl, oc and fairlead, alone or in a script. Flags: `kubectl options` and `kubectl port-forward --help`.
#include "core/store/exchange/commandline.h"
#include "core/store/exchange/foreignwords.h"
#include "core/store/exchange/readers.h"
#include "core/store/exchange/rowmaker.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Kind = Kube::TargetRef::Kind;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

const QStringList &programs()
{
    static const QStringList names{u"kubectl"_s, u"oc"_s, u"k"_s, u"kc"_s, u"fairlead"_s, u"kubecolor"_s};
    return names;
}

/// How to connect and as whom: the context says that here.
const QStringList &connectionFlags()
{
    static const QStringList names{u"kubeconfig"_s,
                                   u"cluster"_s,
                                   u"user"_s,
                                   u"token"_s,
                                   u"username"_s,
                                   u"password"_s,
                                   u"as"_s,
                                   u"as-group"_s,
                                   u"as-uid"_s,
                                   u"certificate-authority"_s,
                                   u"client-certificate"_s,
                                   u"client-key"_s,
                                   u"tls-server-name"_s,
                                   u"insecure-skip-tls-verify"_s};
    return names;
}

const CommandFlags &flags()
{
    static const CommandFlags all{connectionFlags().first(connectionFlags().size() - 1)
                                      + QStringList{u"context"_s,
                                                    u"namespace"_s,
                                                    u"server"_s,
                                                    u"address"_s,
                                                    u"pod-running-timeout"_s,
                                                    u"request-timeout"_s,
                                                    u"cache-dir"_s,
                                                    u"v"_s,
                                                    u"log-file"_s,
                                                    u"profile"_s,
                                                    u"pod"_s,
                                                    u"selector"_s,
                                                    u"output"_s,
                                                    u"pod-policy"_s,
                                                    u"connection-wait"_s,
                                                    u"max-waiting"_s,
                                                    u"transport"_s,
                                                    u"route"_s,
                                                    u"field-selector"_s,
                                                    u"sort-by"_s,
                                                    u"template"_s},
                                  {u"insecure-skip-tls-verify"_s, u"match-server-version"_s, u"warnings-as-errors"_s,
                                   u"disable-compression"_s, u"exit-on-loss"_s, u"current"_s},
                                  {{u"n"_s, u"namespace"_s},
                                   {u"s"_s, u"server"_s},
                                   {u"p"_s, u"pod"_s},
                                   {u"l"_s, u"selector"_s},
                                   {u"o"_s, u"output"_s}}};
    return all;
}

/// Reads the commands of one text in their order.
class CommandReader final
{
public:
    void visit(const ShellCommand &command)
    {
        const qsizetype program = findProgram(command, programs());
        if (program < 0)
            return visitSwitch(command);
        const CommandLine line = readCommandLine(command.words.sliced(program + 1), flags());
        const QString verb = line.positionals.isEmpty() ? QString() : line.positionals.first().text;
        if (verb == "port-forward"_L1) {
            if (m_rows.size() <= MaxImportedRows)
                m_rows.append(readForward(command, line, program));
        } else if (verb == "config"_L1) {
            readConfig(line);
        } else if (verb == "project"_L1 && line.positionals.size() == 2) {
            m_namespace = line.positionals.last();
        }
    }

    [[nodiscard]] QList<ImportedRow> rows() const { return m_rows; }

private:
    /// kubectx and kubens are programs of their own.
    void visitSwitch(const ShellCommand &command)
    {
        if (command.words.size() != 2)
            return;
        const QString program = command.words.first().text;
        if (program == "kubectx"_L1)
            m_context = command.words.last();
        else if (program == "kubens"_L1)
            m_namespace = command.words.last();
    }

    /// `config use-context NAME`, `config set-context --current --namespace=NAME`
    void readConfig(const CommandLine &line)
    {
        const QString verb = line.positionals.value(1).text;
        if (verb == "use-context"_L1 && line.positionals.size() == 3)
            m_context = line.positionals.last();
        else if (verb == "set-context"_L1 && line.flags.contains(u"current"_s) && line.flags.contains(u"namespace"_s))
            m_namespace = line.flags.value(u"namespace"_s);
    }

    [[nodiscard]] ImportedRow readForward(const ShellCommand &command, const CommandLine &line, qsizetype program) const
    {
        RowMaker row(command.line, command.column);
        row.setSource(withoutSecrets(command, line, program));
        row.setContext(known(line.flags.value(u"context"_s, m_context), row));
        row.setNamespace(known(line.flags.value(u"namespace"_s, m_namespace), row));
        row.setServer(known(line.flags.value(u"server"_s), row));
        row.setAddresses({known(line.flags.value(u"address"_s), row)});
        readTargetAndPorts(line, row);
        if (command.inLoop && !row.isSkipped())
            row.change(Text::tr("The loop around it is left out: Fairlead connects again by itself."));
        remarkOnConnection(command, line, program, row);
        ImportedRow done = row.finish();
        for (const QString &flag : line.unknownFlags)
            done.unknownKeys << shownText(flag);
        return done;
    }

    static void readTargetAndPorts(const CommandLine &line, RowMaker &row)
    {
        QList<ShellWord> words = line.positionals.sliced(1);
        if (line.flags.contains(u"selector"_s))
            row.setTarget(Kind::Selector, known(line.flags.value(u"selector"_s), row));
        else if (line.flags.contains(u"pod"_s))
            row.setTarget(Kind::Pod, known(line.flags.value(u"pod"_s), row));
        else if (!words.isEmpty())
            readTarget(words.takeFirst(), row);
        for (const ShellWord &word : std::as_const(words)) {
            const QString port = known(word, row);
            if (!row.isSkipped())
                row.addPort(port);
        }
    }

    static void readTarget(const ShellWord &word, RowMaker &row)
    {
        const QString selector = word.command.isEmpty() ? QString() : selectorOf(word.command);
        if (!selector.isEmpty())
            row.setTarget(Kind::Selector, selector);
        else if (const QString target = known(word, row); !row.isSkipped())
            row.setTarget(target);
    }

    /// Of `kubectl get pods -l SELECTOR -o name | head -n 1` and the like, which people write since port-forward takes
    /// no selector; empty if it is something else.
    static QString selectorOf(const QString &text)
    {
        QString selector;
        int commands = 0;
        readShell(text, [&](const ShellCommand &command) {
            const qsizetype program = commands++ == 0 ? findProgram(command, programs()) : -1;
            if (program < 0)
                return;
            const CommandLine line = readCommandLine(command.words.sliced(program + 1), flags());
            const QString resource = line.positionals.value(1).text;
            const ShellWord given = line.flags.value(u"selector"_s);
            const bool getsPods = line.positionals.value(0).text == "get"_L1
                && (resource == "pods"_L1 || resource == "pod"_L1 || resource == "po"_L1);
            if (getsPods && line.positionals.size() == 2 && given.unknown.isEmpty())
                selector = given.text;
        });
        return selector;
    }

    /// The word's text; where only a shell knows it, the row cannot be had.
    static QString known(const ShellWord &word, RowMaker &row)
    {
        if (!word.unknown.isEmpty())
            row.skip(Text::tr("Only a running shell knows what %1 is.").arg(shownText(word.unknown, 60)));
        return word.unknown.isEmpty() ? word.text : QString();
    }

    static void remarkOnConnection(const ShellCommand &command, const CommandLine &line, qsizetype program,
                                   RowMaker &row)
    {
        QStringList left;
        for (const QString &flag : connectionFlags()) {
            if (line.flags.contains(flag))
                left << u"--"_s + flag;
        }
        for (qsizetype i = 0; i < program; ++i) {
            if (command.words.at(i).assignedName() == "KUBECONFIG"_L1)
                left << u"KUBECONFIG"_s;
        }
        if (!left.isEmpty())
            row.change(Text::tr("Left out, since here the context says how to connect and as whom: %1.")
                           .arg(left.join(u", "_s)));
    }

    /// The line for people; of one that may have something in it that nobody should see, what it forwards.
    static QString withoutSecrets(const ShellCommand &command, const CommandLine &line, qsizetype program)
    {
        const bool hasSecret = line.flags.contains(u"token"_s) || line.flags.contains(u"password"_s)
            || line.flags.value(u"server"_s).text.contains(u'@')
            || std::any_of(command.words.begin(), command.words.begin() + program,
                           [](const ShellWord &word) { return !word.assignedName().isEmpty(); });
        if (!hasSecret)
            return QString(command.source).replace("\\\n"_L1, " "_L1).simplified();
        QStringList words;
        for (const ShellWord &word : line.positionals)
            words << word.text;
        return words.join(u' ');
    }

    QList<ImportedRow> m_rows;
    ShellWord m_context; ///< that the commands before have switched to
    ShellWord m_namespace;
};

} // namespace

Reading readCommands(const QString &text)
{
    CommandReader reader;
    readShell(text, [&reader](const ShellCommand &command) { reader.visit(command); });
    Imported result{Format::Commands};
    result.rows = reader.rows();
    if (result.rows.isEmpty())
        return Failure{ProfileError{0, 0, Text::tr("There is no line of kubectl or oc port-forward in this text.")}};
    return result;
}

} // namespace Fairlead::Store
