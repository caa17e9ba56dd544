#include "ui/signin/terminaltext.h"

#include <QTest>

using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;

class TestTerminalText : public QObject
{
    Q_OBJECT

private slots:
    void becomesPlain_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::addRow("lines stay") << "a\nb\n"_ba << u"a\nb\n"_s;
        QTest::addRow("CR LF is an end") << "a\r\nb"_ba << u"a\nb"_s;
        QTest::addRow("CR begins the line anew") << "one\nwait 1\rwait 2"_ba << u"one\nwait 2"_s;
        QTest::addRow("a last CR keeps the line") << "wait\r"_ba << u"wait"_s;
        QTest::addRow("colours are left out") << "\x1b[1;31mno\x1b[0m way"_ba << u"no way"_s;
        QTest::addRow("cursor moves are left out") << "\x1b[2K\x1b[1Ga"_ba << u"a"_s;
        QTest::addRow("a title ends with BEL") << "\x1b]0;title\x07z"_ba << u"z"_s;
        QTest::addRow("a link ends with ST") << "\x1b]8;;http://a\x1b\\z"_ba << u"z"_s;
        QTest::addRow("a character set has two bytes") << "\x1b(Bz"_ba << u"z"_s;
        QTest::addRow("backspace takes back") << "ab\bc"_ba << u"ac"_s;
        QTest::addRow("backspace stays in its line") << "a\n\b\bb"_ba << u"a\nb"_s;
        QTest::addRow("a tab is kept") << "a\tb"_ba << u"a\tb"_s;
        QTest::addRow("bells and zeros are dropped") << QByteArray("a\x07\0b", 4) << u"ab"_s;
        QTest::addRow("UTF-8") << "grün 🔑\n"_ba << u"grün 🔑\n"_s;
        QTest::addRow("direction marks are dropped") << "a\u202Eb"_ba << u"ab"_s;
        QTest::addRow("no UTF-8") << "a\xff\n"_ba << u"a\uFFFD\n"_s;
    }

    void becomesPlain()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, text);
        for (qsizetype slice = 1; slice <= bytes.size(); ++slice) {
            TerminalText terminal;
            for (qsizetype at = 0; at < bytes.size(); at += slice)
                terminal.feed(bytes.mid(at, slice));
            QCOMPARE(terminal.text(), text);
        }
    }

    void findsTheLastLink_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QUrl>("link");
        QTest::addRow("none") << "no link: http:/ nor ftp://a"_ba << QUrl();
        QTest::addRow("in a sentence") << "Open https://a.example/device?x=1&y=2, then wait."_ba
                                       << QUrl(u"https://a.example/device?x=1&y=2"_s);
        QTest::addRow("in quotes") << "open \"http://localhost:8000/\""_ba << QUrl(u"http://localhost:8000/"_s);
        QTest::addRow("the last of two") << "http://a\nhttp://b."_ba << QUrl(u"http://b"_s);
        QTest::addRow("no file") << "file:///etc/passwd"_ba << QUrl();
    }

    void findsTheLastLink()
    {
        QFETCH(const QByteArray, bytes);
        TerminalText terminal;
        terminal.feed(bytes);
        QTEST(terminal.lastLink(), "link");
    }

    void knowsWhenToHide_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("hide");
        QTest::addRow("password") << "Password: "_ba << true;
        QTest::addRow("the question before was it") << "Password: \nCode: "_ba << false;
        QTest::addRow("German") << "Kennwort für joe:"_ba << true;
        QTest::addRow("pin") << "Enter PIN> "_ba << true;
        QTest::addRow("pin in a word") << "Shipping to: "_ba << false;
        QTest::addRow("name") << "User name: "_ba << false;
    }

    void knowsWhenToHide()
    {
        QFETCH(const QByteArray, bytes);
        TerminalText terminal;
        terminal.feed(bytes);
        QTEST(terminal.asksForSecret(), "hide");
    }

    void keepsTheEndOfALongTale()
    {
        TerminalText terminal;
        for (int i = 0; i < 100; ++i)
            terminal.feed(QByteArray(10'000, 'x'));
        terminal.feed("end");
        QCOMPARE(terminal.text().size(), TerminalText::MaxChars);
        QVERIFY(terminal.text().endsWith("end"_L1));
    }

    void echoesAnswersLikeATerminal()
    {
        TerminalText terminal;
        terminal.feed("Code: ");
        terminal.echo(u"42"_s);
        terminal.feed("ok");
        QCOMPARE(terminal.text(), u"Code: 42\nok"_s);
        terminal.clear();
        QVERIFY(terminal.text().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestTerminalText)
#include "tst_terminaltext.moc"
