#include "app/cli/completion/completion.h"
#include "app/cli/connectionflags.h"

#include <QTest>

using namespace Fairlead::App;
using namespace Qt::StringLiterals;

namespace {

ArgumentReader windowReader()
{
    ArgumentReader reader;
    reader.addOption({u"demo"_s, {}, ArgumentOption::Kind::Bool});
    return reader;
}

ArgumentReader forwardReader()
{
    ArgumentReader reader;
    reader.addOption({u"selector"_s, u'l'});
    reader.addOption({u"route"_s, {}});
    reader.addOption({u"wait"_s, {}, ArgumentOption::Kind::OptionalValue, {}, u"DURATION"_s});
    reader.addOption({u"all"_s, u'A', ArgumentOption::Kind::Bool});
    reader.addOption({u"output"_s, u'o', ArgumentOption::Kind::Value, {}, u"json|table"_s});
    reader.addOptions(connectionOptions());
    return reader;
}

const QList<CompletedCommand> Commands{{{}, {}, windowReader},
                                       {{u"config"_s, u"explain"_s}, u"explain"_s, forwardReader},
                                       {{u"forward"_s}, u"forward"_s, forwardReader, Operands::Target},
                                       {{u"down"_s}, u"stop"_s, forwardReader, Operands::Forwards},
                                       {{u"up"_s}, u"start"_s, forwardReader, Operands::Profile}};

/// Names that say what the line was when they were asked for; `asked` counts.
NameSources sources(int &asked)
{
    const auto plain = [&asked](const QStringList &names) {
        return [&asked, names](const ParsedArguments &) {
            ++asked;
            return names;
        };
    };
    return {.contexts = plain({u"dev"_s, u"prod"_s}),
            .clusters = plain({u"c1"_s}),
            .users = plain({u"u1"_s}),
            .namespaces =
                [&asked](const ParsedArguments &line) {
                    ++asked;
                    return QStringList{u"of-"_s + line.value(u"context"_s)};
                },
            .targets =
                [&asked](const ParsedArguments &line) {
                    ++asked;
                    return QStringList{u"pod-in-"_s + line.value(u"namespace"_s), u"svc/web"_s};
                },
            .profiles = plain({u"Team A"_s, u"staging"_s}),
            .forwards = plain({u"orders"_s, u"Team A"_s})};
}

} // namespace

class TestCompletion : public QObject
{
    Q_OBJECT

private slots:
    void offers_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QStringList>("offered");
        const auto row = [](const char *name, const QStringList &words, const QStringList &offered) {
            QTest::addRow("%s", name) << words << offered;
        };
        row("commands", {u""_s}, {u"config"_s, u"forward"_s, u"down"_s, u"up"_s});
        row("nothing typed at all", {}, {u"config"_s, u"forward"_s, u"down"_s, u"up"_s});
        row("commands that begin so", {u"f"_s}, {u"forward"_s});
        row("second words", {u"config"_s, u""_s}, {u"explain"_s});
        row("no third word", {u"config"_s, u"explain"_s, u""_s}, {});
        row("an unknown command", {u"dance"_s, u""_s}, {});
        row("flags of the window", {u"--d"_s}, {u"--demo"_s});
        row("no command behind a flag", {u"--demo"_s, u""_s}, {});
        row("flags of a command", {u"forward"_s, u"--a"_s}, {u"--all"_s, u"--as"_s, u"--as-group"_s});
        row("a value", {u"forward"_s, u"--context"_s, u"p"_s}, {u"prod"_s});
        row("a value behind an equals sign", {u"forward"_s, u"--context=p"_s}, {u"--context=prod"_s});
        row("a value behind a letter", {u"forward"_s, u"-o"_s, u""_s}, {u"json"_s, u"table"_s});
        row("a value behind a bundle", {u"forward"_s, u"-Ao"_s, u"j"_s}, {u"json"_s});
        row("a switch takes none", {u"forward"_s, u"--all"_s, u"s"_s}, {u"svc/web"_s});
        row("a flag whose value is optional takes none", {u"up"_s, u"--wait"_s, u"s"_s}, {u"staging"_s});
        row("or behind an equals sign", {u"up"_s, u"--wait=3"_s}, {u"--wait=30s"_s});
        row("a value of which nothing is known", {u"forward"_s, u"--token"_s, u""_s}, {});
        row("what the line says before counts", {u"forward"_s, u"--context"_s, u"dev"_s, u"-n"_s, u""_s},
            {u"of-dev"_s});
        row("and for targets", {u"forward"_s, u"-nshop"_s, u"p"_s}, {u"pod-in-shop"_s});
        row("one target", {u"forward"_s, u"web"_s, u""_s}, {});
        row("none with a selector", {u"forward"_s, u"-l"_s, u"app=web"_s, u""_s}, {});
        row("many forwards", {u"down"_s, u"orders"_s, u""_s}, {u"orders"_s, u"Team A"_s});
        row("names with blanks", {u"up"_s, u"Team "_s}, {u"Team A"_s});
        row("no flags behind --", {u"forward"_s, u"--"_s, u"--a"_s}, {});
        row("a wrong value before is no matter", {u"forward"_s, u"--all=maybe"_s, u"s"_s}, {u"svc/web"_s});
    }

    void offers()
    {
        QFETCH(const QStringList, words);
        QFETCH(const QStringList, offered);
        int asked = 0;
        const Completion completion = complete(words, Commands, sources(asked));
        QStringList found;
        for (const Candidate &candidate : completion.candidates)
            found << candidate.word;
        QCOMPARE(found, offered);
        QVERIFY(!completion.files);
        QVERIFY(asked <= 1); // clusters are asked for what is needed only
    }

    void filesBelong_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addRow("to a flag") << QStringList{u"forward"_s, u"--kubeconfig"_s, u"x"_s};
        QTest::addRow("behind an equals sign") << QStringList{u"forward"_s, u"--client-key="_s};
        QTest::addRow("where a profile may be one") << QStringList{u"up"_s, u"./te"_s};
    }

    void filesBelong()
    {
        QFETCH(const QStringList, words);
        int asked = 0;
        const Completion completion = complete(words, Commands, sources(asked));
        QVERIFY(completion.files);
        QVERIFY(completion.candidates.isEmpty());
        QCOMPARE(asked, 0);
    }
};

QTEST_GUILESS_MAIN(TestCompletion)

#include "tst_completion.moc"
