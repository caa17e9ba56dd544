#include "core/net/upgradehandshake.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead::Net;
using namespace Fairlead::PortForward;

/// The answer to an upgrade request, in every slicing.
class TestUpgradeHandshake : public QObject
{
    Q_OBJECT

private slots:
    void answers_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("closes");
        QTest::addColumn<QString>("outcome");
        const QByteArray good = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"
                                "X-Stream-Protocol-Version: portforward.k8s.io\r\n\r\n";
        QTest::addRow("101") << good << false << u"accepted:"_s;
        QTest::addRow("101 with bytes behind it") << good + "abc" << false << u"accepted:abc"_s;
        QTest::addRow("an interim answer first")
            << "HTTP/1.1 102 Processing\r\n\r\n" + good + "x" << false << u"accepted:x"_s;
        QTest::addRow("101 without protocol")
            << "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n"_ba << false
            << u"broken"_s;
        QTest::addRow("403 with length") << "HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nnope"_ba << false
                                         << u"refused:403:nope"_s;
        QTest::addRow("500 chunked")
            << "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n2\r\npe\r\n0\r\n\r\n"_ba << false
            << u"refused:500:nope"_s;
        QTest::addRow("500 until close") << "HTTP/1.1 500 Oops\r\n\r\nnope"_ba << true << u"refused:500:nope"_s;
        QTest::addRow("500 cut short") << "HTTP/1.1 500 Oops\r\nContent-Length: 400\r\n\r\nnope"_ba << true
                                       << u"refused:500:nope"_s;
        QTest::addRow("no HTTP") << "SSH-2.0-OpenSSH_9.2\r\n"_ba << false << u"broken"_s;
        QTest::addRow("closed without an answer") << ""_ba << true << u"closed"_s;
        QTest::addRow("closed within the head") << "HTTP/1.1 101 Swi"_ba << true << u"closed"_s;
    }

    void answers()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const bool, closes);
        QFETCH(const QString, outcome);
        for (qsizetype slice = 1; slice <= std::max<qsizetype>(answer.size(), 1); ++slice)
            QCOMPARE(play(answer, slice, closes), outcome);
    }

private:
    static QString play(const QByteArray &answer, qsizetype slice, bool closes)
    {
        UpgradeHandshake handshake(u"api.example"_s);
        UpgradeHandshake::Step step;
        QByteArray rest;
        for (qsizetype at = 0; at < answer.size(); at += slice) {
            const QByteArray piece = answer.mid(at, slice);
            if (std::holds_alternative<UpgradeHandshake::NeedMore>(step))
                step = handshake.feed(piece);
            else // the connection is SPDY's by now
                rest += piece;
        }
        if (closes && std::holds_alternative<UpgradeHandshake::NeedMore>(step))
            step = handshake.finish();
        if (const auto *accepted = std::get_if<UpgradeHandshake::Accepted>(&step))
            return u"accepted:"_s + QString::fromLatin1(accepted->rest + rest);
        if (const auto *refusal = std::get_if<Refusal>(&step))
            return u"refused:%1:%2"_s.arg(refusal->status).arg(refusal->detail);
        if (const auto *broken = std::get_if<UpgradeHandshake::Broken>(&step))
            return broken->closed ? u"closed"_s : u"broken"_s;
        return u"more"_s;
    }
};

QTEST_GUILESS_MAIN(TestUpgradeHandshake)
#include "tst_upgradehandshake.moc"
