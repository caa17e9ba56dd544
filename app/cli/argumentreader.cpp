#include "app/cli/argumentreader.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

/// Go's strconv.ParseBool, which is what pflag reads a switch's value with.
std::optional<bool> parseGoBool(const QString &text)
{
    static const QStringList yes{u"1"_s, u"t"_s, u"T"_s, u"TRUE"_s, u"true"_s, u"True"_s};
    static const QStringList no{u"0"_s, u"f"_s, u"F"_s, u"FALSE"_s, u"false"_s, u"False"_s};
    if (yes.contains(text))
        return true;
    if (no.contains(text))
        return false;
    return std::nullopt;
}

/// As Go's %q prints it, for the characters that turn up on command lines.
QString goQuoted(const QString &text)
{
    QString escaped = text;
    escaped.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    escaped.replace(u'\n', u"\\n"_s).replace(u'\t', u"\\t"_s).replace(u'\r', u"\\r"_s);
    return u'"' + escaped + u'"';
}

QString displayName(const ArgumentOption &option)
{
    if (option.shortName.isNull())
        return u"--"_s + option.name;
    return u"-%1, --%2"_s.arg(QString(option.shortName), option.name);
}

/// What --help puts behind the flag's name.
QString valueText(const ArgumentOption &option)
{
    if (option.valueName.isEmpty())
        return {};
    return option.kind == ArgumentOption::Kind::OptionalValue ? u"[=%1]"_s.arg(option.valueName)
                                                              : u' ' + option.valueName;
}

} // namespace

std::optional<QString> ParsedArguments::optionalValue(const QString &name) const
{
    return isSet(name) ? std::optional(value(name)) : std::nullopt;
}

std::optional<bool> ParsedArguments::boolean(const QString &name) const
{
    return isSet(name) ? parseGoBool(value(name)) : std::nullopt;
}

bool ParsedArguments::helpRequested() const
{
    return boolean(u"help"_s).value_or(false);
}

/// One run over one command line: the arguments still to read and what was found so far.
class ArgumentParse
{
public:
    ArgumentParse(const ArgumentReader &reader, const QStringList &arguments)
        : m_reader(reader)
        , m_rest(arguments)
    {
    }

    Result<ParsedArguments, QString> run()
    {
        while (!m_rest.isEmpty() && m_error.isEmpty())
            step(m_rest.takeFirst());
        if (!m_error.isEmpty())
            return Failure{m_error};
        return m_found;
    }

private:
    void step(const QString &argument)
    {
        if (argument.size() < 2 || !argument.startsWith(u'-'))
            m_found.m_positionals.append(argument);
        else if (argument == "--"_L1)
            m_found.m_positionals.append(std::exchange(m_rest, {}));
        else if (argument.startsWith("--"_L1))
            readLong(argument);
        else
            readBundle(argument.mid(1));
    }

    void readLong(const QString &argument)
    {
        const qsizetype equals = argument.indexOf(u'=', 2);
        const QString name = argument.mid(2, equals < 0 ? -1 : equals - 2);
        if (name.isEmpty() || name.startsWith(u'-')) {
            m_error = u"bad flag syntax: "_s + argument;
            return;
        }
        const ArgumentOption *option = m_reader.find(name);
        if (!option)
            m_error = u"unknown flag: --"_s + name;
        else if (equals >= 0)
            store(*option, argument.mid(equals + 1));
        else if (option->kind == ArgumentOption::Kind::Bool)
            store(*option, u"true"_s);
        else if (option->kind == ArgumentOption::Kind::OptionalValue)
            store(*option, {});
        else if (!m_rest.isEmpty())
            store(*option, m_rest.takeFirst());
        else
            m_error = u"flag needs an argument: "_s + argument;
    }

    /// The letters of `-abc`: switches, until one takes a value, which is then the rest of the word or the next one.
    void readBundle(QString letters)
    {
        while (!letters.isEmpty() && m_error.isEmpty()) {
            const ArgumentOption *option = m_reader.find(letters.at(0));
            if (!option) {
                m_error = u"unknown shorthand flag: '%1' in -%2"_s.arg(QString(letters.at(0)), letters);
            } else if (letters.size() > 2 && letters.at(1) == u'=') {
                store(*option, letters.mid(2));
                return;
            } else if (option->kind == ArgumentOption::Kind::Bool) {
                store(*option, u"true"_s);
                letters.remove(0, 1);
            } else {
                readShortValue(*option, letters);
                return;
            }
        }
    }

    void readShortValue(const ArgumentOption &option, const QString &letters)
    {
        if (letters.size() > 1)
            store(option, letters.mid(1));
        else if (!m_rest.isEmpty())
            store(option, m_rest.takeFirst());
        else
            m_error = u"flag needs an argument: '%1' in -%1"_s.arg(letters);
    }

    void store(const ArgumentOption &option, const QString &value)
    {
        const QString wrong = whatIsWrong(option, value);
        if (!wrong.isEmpty()) {
            m_error = u"invalid argument %1 for \"%2\" flag: %3"_s.arg(goQuoted(value), displayName(option), wrong);
            return;
        }
        QStringList &values = m_found.m_values[option.name];
        if (option.kind == ArgumentOption::Kind::List)
            values.append(value);
        else if (option.kind == ArgumentOption::Kind::CommaList)
            values.append(value.isEmpty() ? QStringList() : value.split(u','));
        else
            values = {value};
    }

    [[nodiscard]] static QString whatIsWrong(const ArgumentOption &option, const QString &value)
    {
        if (option.kind == ArgumentOption::Kind::Bool && !parseGoBool(value))
            return u"strconv.ParseBool: parsing %1: invalid syntax"_s.arg(goQuoted(value));
        return option.check ? option.check(value) : QString();
    }

    const ArgumentReader &m_reader;
    QStringList m_rest;
    ParsedArguments m_found;
    QString m_error;
};

ArgumentReader::ArgumentReader()
{
    addOption({u"help"_s,
               u'h',
               ArgumentOption::Kind::Bool,
               {},
               {},
               QCoreApplication::translate("CommandLine", "Show this help")});
}

void ArgumentReader::addOption(const ArgumentOption &option)
{
    Q_ASSERT_X(!find(option.name), "ArgumentReader", "a flag of this name exists");
    m_options.append(option);
}

void ArgumentReader::addOptions(const QList<ArgumentOption> &options)
{
    for (const ArgumentOption &option : options)
        addOption(option);
}

Result<ParsedArguments, QString> ArgumentReader::parse(const QStringList &arguments) const
{
    return ArgumentParse(*this, arguments).run();
}

QString ArgumentReader::optionsHelp() const
{
    QStringList flags;
    qsizetype width = 0;
    for (const ArgumentOption &option : m_options) {
        const QString letter = option.shortName.isNull() ? u"    "_s : u"-%1, "_s.arg(QString(option.shortName));
        flags += u"  "_s + letter + u"--"_s + option.name + valueText(option);
        if (!option.help.isEmpty())
            width = qMax(width, flags.last().size());
    }
    QString text;
    for (qsizetype i = 0; i < flags.size(); ++i) {
        if (!m_options[i].help.isEmpty())
            text += flags[i].leftJustified(width) + u"  "_s + m_options[i].help + u'\n';
    }
    return text;
}

const ArgumentOption *ArgumentReader::find(const QString &longName) const
{
    const QString normal = QString(longName).replace(u'_', u'-');
    const auto found = std::ranges::find(m_options, normal, &ArgumentOption::name);
    return found == m_options.end() ? nullptr : &*found;
}

const ArgumentOption *ArgumentReader::find(QChar shortName) const
{
    const auto found = std::ranges::find(m_options, shortName, &ArgumentOption::shortName);
    return found == m_options.end() ? nullptr : &*found;
}

QString usageErrorText(const QString &command, const QString &error)
{
    return u"error: %1\nSee '%2 --help' for usage.\n"_s.arg(error, command);
}

} // namespace Fairlead::App
