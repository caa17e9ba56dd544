#include "app/cli/argumentreader.h"

#include <QTest>

using namespace Fairlead::App;
using namespace Qt::StringLiterals;

namespace {

using Kind = ArgumentOption::Kind;

ArgumentReader reader()
{
    ArgumentReader result;
    result.addOptions({
        {u"context"_s, {}, Kind::Value},
        {u"namespace"_s, u'n', Kind::Value},
        {u"all"_s, u'A', Kind::Bool},
        {u"insecure-skip-tls-verify"_s, {}, Kind::Bool},
        {u"verbose"_s, u'v', Kind::Bool},
        {u"as-group"_s, {}, Kind::List},
        {u"address"_s, {}, Kind::CommaList},
        {u"count"_s, u'c', Kind::Value,
         [](const QString &value) {
             bool isNumber = false;
             value.toInt(&isNumber);
             return isNumber ? QString() : u"not a number"_s;
         }},
    });
    return result;
}

} // namespace

class TestArgumentReader : public QObject
{
    Q_OBJECT

private slots:
    void readsValues_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("values");
        QTest::addColumn<QStringList>("positionals");

        QTest::addRow("value in the next argument")
            << QStringList{"--context"_L1, "c"_L1} << u"context"_s << QStringList{"c"_L1} << QStringList{};
        QTest::addRow("value behind an equals sign")
            << QStringList{"--context=c"_L1} << u"context"_s << QStringList{"c"_L1} << QStringList{};
        QTest::addRow("value holds an equals sign")
            << QStringList{"--context=a=b"_L1} << u"context"_s << QStringList{"a=b"_L1} << QStringList{};
        QTest::addRow("an empty value is a value") << QStringList{"--context="_L1, "x"_L1} << u"context"_s
                                                   << QStringList{QString(u""_s)} << QStringList{"x"_L1};
        QTest::addRow("a value may look like a flag")
            << QStringList{"--context"_L1, "--all"_L1} << u"context"_s << QStringList{"--all"_L1} << QStringList{};
        QTest::addRow("the last value counts")
            << QStringList{"--context=a"_L1, "--context=b"_L1} << u"context"_s << QStringList{"b"_L1} << QStringList{};
        QTest::addRow("underscore is a dash")
            << QStringList{"--insecure_skip_tls_verify"_L1} << u"insecure-skip-tls-verify"_s << QStringList{"true"_L1}
            << QStringList{};
        QTest::addRow("letter, next argument")
            << QStringList{"-n"_L1, "team"_L1} << u"namespace"_s << QStringList{"team"_L1} << QStringList{};
        QTest::addRow("letter, same word")
            << QStringList{"-nteam"_L1} << u"namespace"_s << QStringList{"team"_L1} << QStringList{};
        QTest::addRow("letter, equals sign")
            << QStringList{"-n=team"_L1} << u"namespace"_s << QStringList{"team"_L1} << QStringList{};
        QTest::addRow("letter with nothing behind its equals sign")
            << QStringList{"-n="_L1} << u"namespace"_s << QStringList{"="_L1} << QStringList{};
        QTest::addRow("switch does not take the next argument")
            << QStringList{"--all"_L1, "false"_L1} << u"all"_s << QStringList{"true"_L1} << QStringList{"false"_L1};
        QTest::addRow("bundle ends in a flag with a value")
            << QStringList{"-Avnteam"_L1} << u"namespace"_s << QStringList{"team"_L1} << QStringList{};
        QTest::addRow("bundle sets its first switch")
            << QStringList{"-Avn"_L1, "team"_L1} << u"all"_s << QStringList{"true"_L1} << QStringList{};
        QTest::addRow("a list keeps every value, commas and all")
            << QStringList{"--as-group=a,b"_L1, "--as-group"_L1, "c"_L1} << u"as-group"_s
            << QStringList{"a,b"_L1, "c"_L1} << QStringList{};
        QTest::addRow("a comma list is cut") << QStringList{"--address=a,b"_L1, "--address"_L1, "c"_L1} << u"address"_s
                                             << QStringList{"a"_L1, "b"_L1, "c"_L1} << QStringList{};
        QTest::addRow("an empty comma list is empty")
            << QStringList{"--address="_L1} << u"address"_s << QStringList{} << QStringList{};
        QTest::addRow("flags stand between positionals")
            << QStringList{"pod/x"_L1, "--context"_L1, "c"_L1, "80"_L1} << u"context"_s << QStringList{"c"_L1}
            << QStringList{"pod/x"_L1, "80"_L1};
        QTest::addRow("nothing behind -- is a flag")
            << QStringList{"--context=c"_L1, "--"_L1, "--all"_L1, "-n"_L1, "--"_L1} << u"context"_s
            << QStringList{"c"_L1} << QStringList{"--all"_L1, "-n"_L1, "--"_L1};
        QTest::addRow("a lone dash is a positional")
            << QStringList{"-"_L1, ""_L1} << u"context"_s << QStringList{} << QStringList{"-"_L1, ""_L1};
    }

    void readsValues()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, name);
        const auto parsed = reader().parse(arguments);

        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error()));
        QTEST(parsed->values(name), "values");
        QTEST(parsed->positionals(), "positionals");
    }

    void readsSwitches_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("expected"); // -1: not given
        QTest::addRow("not given") << QStringList{} << -1;
        QTest::addRow("bare") << QStringList{"--all"_L1} << 1;
        for (const char *yes : {"1", "t", "T", "true", "TRUE", "True"})
            QTest::addRow("=%s", yes) << QStringList{u"--all="_s + QLatin1StringView(yes)} << 1;
        for (const char *no : {"0", "f", "F", "false", "FALSE", "False"})
            QTest::addRow("=%s", no) << QStringList{u"--all="_s + QLatin1StringView(no)} << 0;
        QTest::addRow("letter with a value") << QStringList{"-A=false"_L1} << 0;
        QTest::addRow("the last one counts") << QStringList{"--all"_L1, "--all=false"_L1} << 0;
    }

    void readsSwitches()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, expected);
        const auto parsed = reader().parse(arguments);

        QVERIFY(parsed.hasValue());
        const auto given = parsed->boolean(u"all"_s);
        QCOMPARE(given ? int(*given) : -1, expected);
    }

    void complainsLikePflag_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("error");

        QTest::addRow("unknown flag") << QStringList{"--foo"_L1} << u"unknown flag: --foo"_s;
        QTest::addRow("unknown flag, value left out") << QStringList{"--foo=1"_L1} << u"unknown flag: --foo"_s;
        QTest::addRow("flag names are not shortened") << QStringList{"--cont=c"_L1} << u"unknown flag: --cont"_s;
        QTest::addRow("unknown letter") << QStringList{"-x"_L1} << u"unknown shorthand flag: 'x' in -x"_s;
        QTest::addRow("unknown letter in a bundle")
            << QStringList{"-Axy"_L1} << u"unknown shorthand flag: 'x' in -xy"_s;
        QTest::addRow("value missing") << QStringList{"--context"_L1} << u"flag needs an argument: --context"_s;
        QTest::addRow("value of a letter missing") << QStringList{"-n"_L1} << u"flag needs an argument: 'n' in -n"_s;
        QTest::addRow("value of a bundled letter missing")
            << QStringList{"-An"_L1} << u"flag needs an argument: 'n' in -n"_s;
        QTest::addRow("three dashes") << QStringList{"---x"_L1} << u"bad flag syntax: ---x"_s;
        QTest::addRow("no name") << QStringList{"--=x"_L1} << u"bad flag syntax: --=x"_s;
        QTest::addRow("not a bool")
            << QStringList{"--all=maybe"_L1}
            << u"invalid argument \"maybe\" for \"-A, --all\" flag: strconv.ParseBool: parsing \"maybe\": invalid syntax"_s;
        QTest::addRow("an empty bool")
            << QStringList{"--insecure-skip-tls-verify="_L1}
            << u"invalid argument \"\" for \"--insecure-skip-tls-verify\" flag: strconv.ParseBool: parsing \"\": invalid syntax"_s;
        QTest::addRow("refused by the option's own check")
            << QStringList{"-c"_L1, "a\"b"_L1}
            << u"invalid argument \"a\\\"b\" for \"-c, --count\" flag: not a number"_s;
        QTest::addRow("the first error counts, and help does not hide it")
            << QStringList{"--help"_L1, "--foo"_L1, "--bar"_L1} << u"unknown flag: --foo"_s;
    }

    void complainsLikePflag()
    {
        QFETCH(const QStringList, arguments);
        const auto parsed = reader().parse(arguments);

        QVERIFY(!parsed.hasValue());
        QTEST(parsed.error(), "error");
    }

    void knowsHelpByItself()
    {
        QVERIFY(reader().parse({u"--help"_s})->helpRequested());
        QVERIFY(reader().parse({u"x"_s, u"-h"_s})->helpRequested());
        QVERIFY(!reader().parse({u"--"_s, u"-h"_s})->helpRequested());
        QVERIFY(!reader().parse({})->helpRequested());
    }

    void tellsApartUnsetAndEmpty()
    {
        const auto parsed = reader().parse({u"--context="_s});
        QCOMPARE(parsed->optionalValue(u"context"_s), std::optional(QString(u""_s)));
        QCOMPARE(parsed->optionalValue(u"namespace"_s), std::nullopt);
    }

    void usageErrorsPointToHelp()
    {
        QCOMPARE(usageErrorText(u"fairlead port-forward"_s, u"unknown flag: --foo"_s),
                 u"error: unknown flag: --foo\nSee 'fairlead port-forward --help' for usage.\n"_s);
    }
};

QTEST_GUILESS_MAIN(TestArgumentReader)
#include "tst_argumentreader.moc"
