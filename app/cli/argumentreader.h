#pragma once

#include "core/support/result.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace Fairlead::App {

/// One flag of a command.
struct ArgumentOption {
    enum class Kind {
        Value, ///< takes a value; given twice, the last one counts
        OptionalValue, ///< `--flag` (then it is empty) or `--flag=value`; never takes the next argument
        Bool, ///< `--flag`, `--flag=true`, `--flag=false`; never takes the next argument
        List, ///< takes a value; every one counts, as given
        CommaList, ///< takes a value; each is cut at commas and every piece counts
    };

    QString name; ///< without dashes
    QChar shortName; ///< null: none
    Kind kind = Kind::Value;
    /// Looks at a value as it is read; answers what is wrong with it in Go's words ("" = nothing), which the reader
    /// puts behind `invalid argument "x" for "--flag" flag: `.
    std::function<QString(const QString &value)> check = {};
    QString valueName = {}; ///< what --help calls the value, e.g. "FILE"
    QString help = {}; ///< one line, translated
};

/// What a command line said.
class ParsedArguments final
{
public:
    [[nodiscard]] bool isSet(const QString &name) const { return m_values.contains(name); }
    /// The last value given, empty if the flag was not given.
    [[nodiscard]] QString value(const QString &name) const { return m_values.value(name).value(0); }
    [[nodiscard]] std::optional<QString> optionalValue(const QString &name) const;
    [[nodiscard]] QStringList values(const QString &name) const { return m_values.value(name); }
    [[nodiscard]] std::optional<bool> boolean(const QString &name) const;
    [[nodiscard]] bool helpRequested() const;

    /// What is not a flag, in order; everything behind `--` is among them.
    [[nodiscard]] const QStringList &positionals() const { return m_positionals; }

private:
    friend class ArgumentParse;
    QHash<QString, QStringList> m_values;
    QStringList m_positionals;
};

/// Reads a command line by the grammar of pflag, the library behind kubectl and oc, and complains in its words, so that
/// who knows kubectl meets nothing new: flags may stand anywhere before `--`, `--flag value` and `--flag=value` are the
/// same, `-nteam`, `-n=team` and `-n team` too, switches can be bundled (`-Av`), `_` in a long name counts as `-`.
/// Every reader knows --help / -h by itself. Pure: no output, no exit, no global.
class ArgumentReader final
{
public:
    ArgumentReader();

    void addOption(const ArgumentOption &option);
    void addOptions(const QList<ArgumentOption> &options);

    /// The arguments without program and command name; or pflag's error text, without "error: ".
    [[nodiscard]] Result<ParsedArguments, QString> parse(const QStringList &arguments) const;

    /// Of this name, or with this letter; nullptr: there is none.
    [[nodiscard]] const ArgumentOption *find(const QString &longName) const;
    [[nodiscard]] const ArgumentOption *find(QChar shortName) const;
    /// All, --help first.
    [[nodiscard]] const QList<ArgumentOption> &options() const { return m_options; }

    /// A line for every flag that has a help text, in the order of addition, aligned.
    [[nodiscard]] QString optionsHelp() const;

private:
    QList<ArgumentOption> m_options;
};

/// What goes to standard error for a usage error; `command` is e.g. "fairlead port-forward". Ends in a newline.
[[nodiscard]] QString usageErrorText(const QString &command, const QString &error);

} // namespace Fairlead::App
