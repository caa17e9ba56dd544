#include "core/store/exchange/commandline.h"
#include "core/store/exchange/shelltext.h"

#include <QTest>

using namespace Fairlead::Store;
using namespace Qt::StringLiterals;

namespace {

/// Each command as "<word><word>"; what only a shell knows is "?".
QStringList commandsOf(const QString &script)
{
    QStringList commands;
    readShell(script, [&](const ShellCommand &command) {
        QString text = command.inLoop ? u"loop "_s : QString();
        for (const ShellWord &word : command.words)
            text += u'<' + (word.unknown.isEmpty() ? word.text : u"?"_s) + u'>';
        commands << text;
    });
    return commands;
}

} // namespace

class TestShellText : public QObject
{
    Q_OBJECT

private slots:
    void aScriptIsCutAsAShellDoes_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QStringList>("commands");
        QTest::newRow("words and blanks") << u"  a\tb  c "_s << QStringList{u"<a><b><c>"_s};
        QTest::newRow("separators") << u"a;b&&c||d|e&f\ng"_s << QStringList{u"<a>"_s, u"<b>"_s, u"<c>"_s, u"<d>"_s,
                                                                            u"<e>"_s, u"<f>"_s, u"<g>"_s};
        QTest::newRow("quotes") << u"a 'b c' \"d e\" f\\ g ''"_s << QStringList{u"<a><b c><d e><f g><>"_s};
        QTest::newRow("quotes inside a word") << u"a'b'\"c\"d"_s << QStringList{u"<abcd>"_s};
        QTest::newRow("escapes in quotes") << u"a \"\\\"\\$\\x\" '\\'"_s << QStringList{u"<a><\"$\\x><\\>"_s};
        QTest::newRow("continuation") << u"a \\\n  b\\\nc"_s << QStringList{u"<a><bc>"_s};
        QTest::newRow("continuation with Windows lines") << u"a \\\r\n  b\r\nc"_s << QStringList{u"<a><b>"_s, u"<c>"_s};
        QTest::newRow("continuation of PowerShell") << u"a `\n  b"_s << QStringList{u"<a><b>"_s};
        QTest::newRow("comments") << u"# a\nb # c\nd#e"_s << QStringList{u"<b>"_s, u"<d#e>"_s};
        QTest::newRow("redirections") << u"a >x 2>&1 <y b >>z &>w c"_s << QStringList{u"<a><b><c>"_s};
        QTest::newRow("here document") << u"a <<E b\nc\nE\nd"_s << QStringList{u"<a><b>"_s, u"<d>"_s};
        QTest::newRow("here document in quotes") << u"a <<-'E'\nc\n\tE\nd"_s << QStringList{u"<a>"_s, u"<d>"_s};
        QTest::newRow("quote without end") << u"a 'b\nc"_s << QStringList{u"<a><b\nc>"_s};
        QTest::newRow("Windows path") << u"C:\\a\\b.exe c"_s << QStringList{u"<C:\\a\\b.exe><c>"_s};
        QTest::newRow("nothing") << u" \n;;&\n"_s << QStringList();
    }
    void aScriptIsCutAsAShellDoes()
    {
        QFETCH(QString, script);
        QFETCH(QStringList, commands);
        QCOMPARE(commandsOf(script), commands);
    }

    /// The last command is "x ...".
    void variablesAreKnownAsFarAsTheyAreAlwaysTheSame_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("command");
        QTest::newRow("assigned") << u"A=b; x $A ${A}c \"$A\" '$A'"_s << u"<x><b><bc><b><$A>"_s;
        QTest::newRow("exported") << u"export A=b\nx $A"_s << u"<x><b>"_s;
        QTest::newRow("of another") << u"A=b; B=$A-c; x $B"_s << u"<x><b-c>"_s;
        QTest::newRow("several words") << u"A='b c'; x $A \"$A\""_s << u"<x><b><c><b c>"_s;
        QTest::newRow("empty") << u"A=; x $A \"$A\" y"_s << u"<x><><y>"_s;
        QTest::newRow("never assigned") << u"x $A"_s << u"<x><?>"_s;
        QTest::newRow("with a default") << u"x ${A:-b} ${C-d}"_s << u"<x><b><d>"_s;
        QTest::newRow("assigned, with a default") << u"A=c; x ${A:-b}"_s << u"<x><c>"_s;
        QTest::newRow("for one command only") << u"A=b y; x $A"_s << u"<x><?>"_s;
        QTest::newRow("argument") << u"x $1 $@"_s << u"<x><?><?>"_s;
        QTest::newRow("of a command") << u"A=$(date); x $A"_s << u"<x><?>"_s;
        QTest::newRow("a list") << u"A=(b c); x $A"_s << u"<x><?>"_s;
        QTest::newRow("a part of it") << u"A=bc; x ${A%c}"_s << u"<x><?>"_s;
        QTest::newRow("read") << u"A=b; read A; x $A"_s << u"<x><?>"_s;
        QTest::newRow("of a loop") << u"for A in b c; do x $A; done"_s << u"loop <x><?>"_s;
        QTest::newRow("set in a loop") << u"A=b; while y; do A=c; done; x $A"_s << u"<x><?>"_s;
        QTest::newRow("set in a branch, used there") << u"if y; then A=c; x $A; fi"_s << u"<x><c>"_s;
        QTest::newRow("set in a branch, used behind") << u"A=b; if y; then A=c; fi; x $A"_s << u"<x><?>"_s;
        QTest::newRow("set in the other branch") << u"if y; then A=c; else x $A; fi"_s << u"<x><?>"_s;
        QTest::newRow("set in a function") << u"A=b; f() { A=c; }; x $A"_s << u"<x><?>"_s;
        QTest::newRow("set in a case") << u"case $1 in a) A=c;; esac; x $A"_s << u"<x><?>"_s;
        QTest::newRow("set in another case") << u"case $1 in a) A=c;; b) x $A;; esac"_s << u"<x><?>"_s;
        QTest::newRow("set in the same case") << u"case $1 in a) A=c; x $A;; esac"_s << u"<x><c>"_s;
        QTest::newRow("not set in a branch") << u"A=b; if y; then z; fi; x $A"_s << u"<x><b>"_s;
        QTest::newRow("a lone dollar") << u"x $ a$"_s << u"<x><$><a$>"_s;
    }
    void variablesAreKnownAsFarAsTheyAreAlwaysTheSame()
    {
        QFETCH(QString, script);
        QFETCH(QString, command);
        const QStringList all = commandsOf(script).filter(u"<x>"_s);
        QCOMPARE(all.value(all.size() - 1), command);
    }

    void aWordThatIsACommandsOutputHasThatCommand_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("command");
        QTest::newRow("bare") << u"$(a b)"_s << u"a b"_s;
        QTest::newRow("quoted") << u"\"$(a \"b)\" c)\""_s << u"a \"b)\" c"_s;
        QTest::newRow("nested") << u"$(a $(b))"_s << u"a $(b)"_s;
        QTest::newRow("backticks") << u"`a b`"_s << u"a b"_s;
        QTest::newRow("with something before") << u"c$(a)"_s << QString();
        QTest::newRow("with something behind") << u"$(a)c"_s << QString();
        QTest::newRow("two of them") << u"$(a)$(b)"_s << QString();
        QTest::newRow("without end") << u"$(a"_s << QString(u""_s);
    }
    void aWordThatIsACommandsOutputHasThatCommand()
    {
        QFETCH(QString, word);
        QFETCH(QString, command);
        ShellWord found;
        readShell(u"x "_s + word, [&](const ShellCommand &one) { found = one.words.value(1); });
        QVERIFY(!found.unknown.isEmpty());
        QCOMPARE(found.command, command);
    }

    void placesAreThoseOfTheFirstWord()
    {
        QStringList places;
        readShell(u"a\n  b; c \\\n d\n\n# e\n'f\ng' h"_s, [&](const ShellCommand &command) {
            places << u"%1:%2 %3"_s.arg(command.line).arg(command.column).arg(command.source.left(1));
        });
        QCOMPARE(places, QStringList({u"1:1 a"_s, u"2:3 b"_s, u"2:6 c"_s, u"6:1 '"_s}));
    }

    void flagsAreReadAsKubectlReadsThem_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("positionals");
        QTest::newRow("long") << u"p --name v q"_s << u"v"_s << 2;
        QTest::newRow("long, equals") << u"p --name=v q"_s << u"v"_s << 2;
        QTest::newRow("short") << u"p -n v q"_s << u"v"_s << 2;
        QTest::newRow("short, together") << u"p -nv q"_s << u"v"_s << 2;
        QTest::newRow("short, equals") << u"p -n=v q"_s << u"v"_s << 2;
        QTest::newRow("the last counts") << u"--name=u p -n v"_s << u"v"_s << 1;
        QTest::newRow("behind two dashes") << u"p -- --name v"_s << QString() << 3;
        QTest::newRow("a switch takes nothing") << u"--on p --name v"_s << u"v"_s << 1;
        QTest::newRow("an unknown one takes nothing") << u"--odd p --name v"_s << u"v"_s << 1;
        QTest::newRow("nothing behind it") << u"p --name"_s << QString() << 1;
    }
    void flagsAreReadAsKubectlReadsThem()
    {
        QFETCH(QString, words);
        QFETCH(QString, value);
        QFETCH(int, positionals);
        CommandLine line;
        readShell(words, [&](const ShellCommand &command) {
            line = readCommandLine(command.words, {{u"name"_s}, {u"on"_s}, {{u"n"_s, u"name"_s}}});
        });
        QCOMPARE(line.flags.value(u"name"_s).text, value);
        QCOMPARE(int(line.positionals.size()), positionals);
    }

    void aProgramIsFoundBehindWhatStartsIt_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<int>("at");
        QTest::newRow("alone") << u"kubectl a"_s << 0;
        QTest::newRow("with a path") << u"/usr/bin/kubectl a"_s << 0;
        QTest::newRow("behind assignments") << u"A=b C=d kubectl a"_s << 2;
        QTest::newRow("behind a starter with flags") << u"sudo -u bob kubectl a"_s << 3;
        QTest::newRow("behind a prompt") << u"$ kubectl a"_s << 1;
        QTest::newRow("only said") << u"echo kubectl a"_s << -1;
        QTest::newRow("only a part of a word") << u"my-kubectl a"_s << -1;
        QTest::newRow("not there") << u"a b"_s << -1;
    }
    void aProgramIsFoundBehindWhatStartsIt()
    {
        QFETCH(QString, script);
        QFETCH(int, at);
        int found = -2;
        readShell(script, [&](const ShellCommand &command) { found = int(findProgram(command, {u"kubectl"_s})); });
        QCOMPARE(found, at);
    }
};

QTEST_GUILESS_MAIN(TestShellText)

#include "tst_shelltext.moc"
