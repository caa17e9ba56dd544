#include "core/democluster/node/fdchannel.h"
#include "core/democluster/node/nodepair.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <sys/socket.h>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Demo;

namespace {

constexpr quint32 ErrorStream = 1;
constexpr quint32 DataStream = 3;

/// What the pair sends, as words; consecutive data of one stream is one word.
class RecordingWriter final : public StreamWriter
{
public:
    void sendData(quint32 stream, QByteArrayView bytes, bool fin) override
    {
        (stream == DataStream ? data : errorText) += bytes.toByteArray();
        if (!bytes.isEmpty() && (order.isEmpty() || order.last() != name(stream) + u" bytes"_s))
            order << name(stream) + u" bytes"_s;
        if (fin)
            order << name(stream) + u" FIN"_s;
    }
    void resetStream(quint32 stream, Spdy::ResetStatus status) override
    {
        order << name(stream) + u" RST %1"_s.arg(int(status));
    }

    QStringList order;
    QByteArray data;
    QByteArray errorText;

private:
    static QString name(quint32 stream) { return stream == DataStream ? u"data"_s : u"error"_s; }
};

/// Hands out one end of a pair of connected sockets; the test plays the program at the other.
class TestConnector final : public PodConnector
{
public:
    explicit TestConnector(FileDescriptor end, QString refusal = {})
        : m_end(std::move(end))
        , m_refusal(std::move(refusal))
    {
    }
    void connectTo(quint16, QObject *context, Done done) override
    {
        QMetaObject::invokeMethod(
            context,
            [this, done = std::move(done)] {
                if (!m_refusal.isEmpty())
                    return done(Failure{m_refusal});
                done(std::unique_ptr<PodChannel>(
                    std::make_unique<FdChannel>(std::move(m_end), u"tcp4 test"_s, nullptr)));
            },
            Qt::QueuedConnection);
    }
    [[nodiscard]] QString causePrefix() const override { return u"in the pod: "_s; }

private:
    FileDescriptor m_end;
    QString m_refusal;
};

QByteArray readAll(int fd)
{
    QByteArray buffer(1 << 16, Qt::Uninitialized);
    const ssize_t count = ::read(fd, buffer.data(), size_t(buffer.size()));
    return count > 0 ? buffer.first(count) : QByteArray();
}

bool isAtEnd(int fd)
{
    char byte = 0;
    return ::recv(fd, &byte, 1, MSG_PEEK) == 0;
}

} // namespace

class TestNodePair : public QObject
{
    Q_OBJECT

private:
    RecordingWriter m_writer;
    FileDescriptor m_program;
    QByteArray m_got;
    std::unique_ptr<QObject> m_channels;
    std::unique_ptr<NodePair> m_pair;
    std::unique_ptr<QSignalSpy> m_finished;

    void makePair(bool oneSecondRule)
    {
        m_writer = {};
        m_got.clear();
        m_channels = std::make_unique<QObject>();
        m_pair = std::make_unique<NodePair>(PortForward::PairAssembler::Pair{ErrorStream, DataStream, 80, "0"},
                                            u"error forwarding port 80: "_s, oneSecondRule, m_writer, nullptr);
        m_finished = std::make_unique<QSignalSpy>(m_pair.get(), &NodePair::finished);
    }

    void begin(bool oneSecondRule)
    {
        makePair(oneSecondRule);
        auto [nodeEnd, programEnd] = connectedPair();
        m_program = std::move(programEnd);
        m_pair->begin(std::make_unique<TestConnector>(std::move(nodeEnd)), m_channels.get());
        QTest::qWait(0);
    }

    /// Everything that the program has received so far.
    QByteArray programGot()
    {
        m_got += readAll(m_program.get());
        return m_got;
    }

    void programSends(const QByteArray &bytes)
    {
        QCOMPARE(::send(m_program.get(), bytes.data(), size_t(bytes.size()), MSG_NOSIGNAL), bytes.size());
    }

private slots:
    void cleanup()
    {
        m_finished.reset();
        m_pair.reset();
        m_channels.reset();
        m_program.reset();
    }

    void bytesGoBothWays()
    {
        begin(true);
        m_pair->receive("question", false);
        QTRY_COMPARE(programGot(), "question"_ba);
        programSends("answer");
        QTRY_COMPARE(m_writer.data, "answer"_ba);
    }

    void bytesBeforeTheConnectionArrive()
    {
        makePair(true);
        auto [nodeEnd, programEnd] = connectedPair();
        m_program = std::move(programEnd);
        m_pair->begin(std::make_unique<TestConnector>(std::move(nodeEnd)), m_channels.get());
        m_pair->receive("early", false);
        QTRY_COMPARE(programGot(), "early"_ba);
    }

    void aRefusalEndsAsNewRuntimesEnd()
    {
        makePair(true);
        m_pair->begin(std::make_unique<TestConnector>(FileDescriptor(), u"connection refused"_s), m_channels.get());
        QTRY_COMPARE(m_finished->size(), 1);
        QCOMPARE(m_writer.order, (QStringList{u"data FIN"_s, u"error bytes"_s, u"error RST 5"_s}));
        QCOMPARE(m_writer.errorText, "error forwarding port 80: in the pod: connection refused"_ba);
    }

    void theProgramsEndComesASecondLateUnderTheRule()
    {
        begin(true);
        programSends("last words");
        m_program.reset();
        QElapsedTimer timer;
        timer.start();
        QTRY_COMPARE(m_writer.data, "last words"_ba);
        QTRY_COMPARE(m_finished->size(), 1);
        QVERIFY(timer.elapsed() >= 900);
        QCOMPARE(m_writer.order, (QStringList{u"data bytes"_s, u"data FIN"_s, u"error FIN"_s}));
    }

    void theProgramsEndIsTheEndWhenTheClientWasDone()
    {
        begin(true);
        m_pair->receive("x", true);
        QTRY_COMPARE(programGot(), "x"_ba);
        m_program.reset();
        QTRY_COMPARE(m_finished->size(), 1);
        QCOMPARE(m_writer.order.mid(m_writer.order.size() - 2), (QStringList{u"data FIN"_s, u"error FIN"_s}));
    }

    void theRuleCutsASlowAnswerAndNeverHalfCloses()
    {
        begin(true);
        m_pair->receive("question", true);
        QTRY_COMPARE(programGot(), "question"_ba);
        QVERIFY(!isAtEnd(m_program.get()));
        QTRY_COMPARE(m_finished->size(), 1);
        QTRY_VERIFY(isAtEnd(m_program.get()));
        QCOMPARE(m_writer.order, (QStringList{u"data FIN"_s, u"error FIN"_s}));
    }

    void withoutTheRuleHalfClosesPass()
    {
        begin(false);
        m_pair->receive("question", true);
        QTRY_COMPARE(programGot(), "question"_ba);
        QTRY_VERIFY(isAtEnd(m_program.get()));
        QTest::qWait(NodePair::RuleMs + 300); // the answer may take longer than the rule would allow
        programSends("late answer");
        m_program.reset();
        QTRY_COMPARE(m_finished->size(), 1);
        QCOMPARE(m_writer.data, "late answer"_ba);
        QCOMPARE(m_writer.order, (QStringList{u"data bytes"_s, u"data FIN"_s, u"error FIN"_s}));
    }

    void withoutTheRuleTheProgramMayFinishFirst()
    {
        begin(false);
        ::shutdown(m_program.get(), SHUT_WR);
        QTRY_COMPARE(m_writer.order, QStringList{u"data FIN"_s});
        m_pair->receive("still coming", true);
        QTRY_COMPARE(programGot(), "still coming"_ba);
        QTRY_COMPARE(m_finished->size(), 1);
        QCOMPARE(m_writer.order, (QStringList{u"data FIN"_s, u"error FIN"_s}));
    }

    void whatTheProgramSentBeforeItDiedIsDelivered()
    {
        begin(true);
        m_pair->receive(QByteArray(100, 'x'), false); // unread input turns the close into a reset
        QTest::qWait(0);
        programSends(QByteArray(100'000, 'y'));
        m_program.reset();
        QTRY_COMPARE(m_finished->size(), 1);
        QCOMPARE(m_writer.data, QByteArray(100'000, 'y'));
        QCOMPARE(m_writer.order.last(), u"error RST 5"_s);
        QVERIFY(m_writer.errorText.endsWith("connection reset by peer"));
    }

    void aClientResetStillDeliversWhatCameBefore()
    {
        begin(true);
        const QByteArray upload(3'000'000, 'u'); // more than a socket's buffer holds
        m_pair->receive(upload, false);
        m_pair->clientReset();
        QCOMPARE(m_writer.order, QStringList{u"error FIN"_s});
        m_pair.reset();
        QTRY_COMPARE(programGot().size(), upload.size());
        QTRY_VERIFY(isAtEnd(m_program.get()));
    }

    void aStalledClientStopsTheReading()
    {
        begin(true);
        m_pair->setStalled(true);
        programSends("waits");
        QTest::qWait(50);
        QCOMPARE(m_writer.data, QByteArray());
        m_pair->setStalled(false);
        QTRY_COMPARE(m_writer.data, "waits"_ba);
    }

    void aPodThatDoesNotReadMakesThePairOverfull()
    {
        begin(true);
        QSignalSpy drained(m_pair.get(), &NodePair::drained);
        while (!m_pair->isOverfull())
            m_pair->receive(QByteArray(64 * 1024, 'z'), false);
        drained.clear();
        QTRY_VERIFY((programGot(), drained.size() > 0) && !m_pair->isOverfull());
    }
};

QTEST_GUILESS_MAIN(TestNodePair)
#include "tst_nodepair.moc"
