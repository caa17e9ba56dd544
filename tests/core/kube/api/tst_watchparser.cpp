#include "core/kube/api/watchparser.h"

#include <QTest>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

namespace {

/// An event without its line feed.
QByteArray line(const QByteArray &type, const QByteArray &name)
{
    return "{\"type\":\"" + type + "\",\"object\":{\"n\":\"" + name + "\"}}";
}

/// One word an outcome: "ADDED:a", "fault:1".
void drain(WatchParser &parser, QStringList &seen)
{
    for (;;) {
        const WatchStep step = parser.next();
        if (std::holds_alternative<WatchNeedsMore>(step))
            return;
        if (const auto *fault = std::get_if<WatchFault>(&step)) {
            seen << u"fault:%1"_s.arg(int(*fault));
            return;
        }
        const auto &event = std::get<WatchEvent>(step);
        seen << u"%1:%2"_s.arg(int(event.type)).arg(event.object["n"_L1].toString());
    }
}

} // namespace

class TestWatchParser : public QObject
{
    Q_OBJECT

private slots:
    void slicingDoesNotChangeTheEvents()
    {
        const QByteArray wire = line("ADDED", "a") + '\n' + line("MODIFIED", "b\\n}") + "\r\n\n" + line("DELETED", "ü")
            + '\n' + line("BOOKMARK", "") + '\n' + line("ERROR", "e") + '\n' + line("SURPRISE", "s") + '\n'
            + line("ADDED", "cut off");
        const QStringList expected = {u"0:a"_s, u"1:b\n}"_s, u"2:ü"_s, u"3:"_s, u"4:e"_s, u"5:s"_s};
        for (qsizetype slice = 1; slice <= wire.size(); ++slice) {
            WatchParser parser;
            QStringList seen;
            for (qsizetype at = 0; at < wire.size(); at += slice) {
                parser.feed(QByteArrayView(wire).sliced(at, qMin(slice, wire.size() - at)));
                drain(parser, seen);
            }
            QCOMPARE(seen, expected);
        }
    }

    void allAtOnceThenDrain()
    {
        WatchParser parser;
        QByteArray wire;
        for (int i = 0; i < 1000; ++i)
            wire += line("ADDED", "x") + '\n';
        parser.feed(wire);
        QStringList seen;
        drain(parser, seen);
        QCOMPARE(seen.size(), 1000);
    }

    void faultsAreFinal_data()
    {
        QTest::addColumn<QByteArray>("wire");
        QTest::addColumn<int>("fault");
        QTest::addRow("not JSON") << "hello\n"_ba << int(WatchFault::NotJson);
        QTest::addRow("an array") << "[1]\n"_ba << int(WatchFault::NotJson);
        QTest::addRow("a web page") << "<html>\n"_ba << int(WatchFault::NotJson);
        QTest::addRow("limit + 1, line feed not there yet") << QByteArray(65, 'x') << int(WatchFault::LineTooLong);
        QTest::addRow("limit + 1, with line feed") << QByteArray(65, 'x') + '\n' << int(WatchFault::LineTooLong);
        QTest::addRow("spaces for ever") << QByteArray(65, ' ') << int(WatchFault::LineTooLong);
    }

    void faultsAreFinal()
    {
        QFETCH(const QByteArray, wire);
        QFETCH(const int, fault);
        WatchParser parser(64);
        parser.feed(wire);
        QStringList seen;
        drain(parser, seen);
        parser.feed("\n{\"type\":\"ADDED\",\"object\":{}}\n");
        drain(parser, seen);
        const QString word = u"fault:%1"_s.arg(fault);
        QCOMPARE(seen, QStringList({word, word}));
    }

    void aLineAtTheLimitIsGood()
    {
        const QByteArray event = line("ADDED", "a");
        WatchParser parser(event.size());
        parser.feed(event + '\n' + event + '\n');
        QStringList seen;
        drain(parser, seen);
        QCOMPARE(seen, QStringList({u"0:a"_s, u"0:a"_s}));
    }
};

QTEST_GUILESS_MAIN(TestWatchParser)
#include "tst_watchparser.moc"
