#include "core/control/linesplitter.h"

#include <QTest>

using namespace Fairlead::Control;

namespace {

/// All lines that come when the bytes arrive in pieces of that size; "TOO LONG" for a refused one.
QByteArrayList linesOf(const QByteArray &bytes, qsizetype slice, qsizetype maxLine)
{
    LineSplitter splitter(maxLine);
    QByteArrayList lines;
    for (qsizetype at = 0; at < bytes.size(); at += slice) {
        splitter.feed(bytes.mid(at, slice));
        for (auto next = splitter.next(); !std::holds_alternative<LineSplitter::NeedMore>(next);
             next = splitter.next()) {
            if (std::holds_alternative<LineSplitter::TooLong>(next))
                return lines << "TOO LONG";
            lines << std::get<QByteArray>(next);
        }
    }
    return lines;
}

} // namespace

class TestLineSplitter : public QObject
{
    Q_OBJECT

private slots:
    void cutsAtLineEnds_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArrayList>("lines");
        QTest::addRow("one line") << QByteArray("abc\n") << QByteArrayList{"abc"};
        QTest::addRow("two, and a beginning") << QByteArray("a\nbc\nde") << QByteArrayList{"a", "bc"};
        QTest::addRow("CR LF") << QByteArray("a\r\nb\r\n") << QByteArrayList{"a", "b"};
        QTest::addRow("empty ones are nothing") << QByteArray("\n\r\n\na\n") << QByteArrayList{"a"};
        QTest::addRow("as long as may be") << QByteArray("12345678\n") << QByteArrayList{"12345678"};
        QTest::addRow("one byte more") << QByteArray("a\n123456789\nb\n") << QByteArrayList{"a", "TOO LONG"};
        QTest::addRow("too long, without an end") << QByteArray("123456789") << QByteArrayList{"TOO LONG"};
    }

    /// However they arrive.
    void cutsAtLineEnds()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArrayList, lines);
        for (qsizetype slice = 1; slice <= bytes.size(); ++slice)
            QCOMPARE(linesOf(bytes, slice, 8), lines);
    }

    void afterALineTooLongNothingComes()
    {
        LineSplitter splitter(4);
        splitter.feed("12345");
        QVERIFY(std::holds_alternative<LineSplitter::TooLong>(splitter.next()));
        splitter.feed("\nok\n");
        QVERIFY(std::holds_alternative<LineSplitter::TooLong>(splitter.next()));
    }
};

QTEST_GUILESS_MAIN(TestLineSplitter)

#include "tst_linesplitter.moc"
