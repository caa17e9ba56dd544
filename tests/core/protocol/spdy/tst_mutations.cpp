#include "tests/core/protocol/spdy/exercise.h"
#include "tests/core/protocol/spdy/vectors.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Fairlead::Spdy;
using namespace Fairlead::Spdy::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Rounds = 20'000; // about a second; the seeds are fixed, so a failure comes again

/// Every recorded direction, as a whole.
QList<QByteArray> corpus()
{
    QList<QByteArray> all;
    for (const QJsonValue &group : vectors()["frameGroups"_L1].toArray()) {
        QByteArray wire;
        for (const QJsonValue &frame : group["frames"_L1].toArray()) {
            wire += bytesOf(frame["wire"_L1]);
        }
        all << wire;
    }
    for (const QJsonValue &conversation : vectors()["conversations"_L1].toArray()) {
        QByteArray fromClient;
        QByteArray fromServer;
        for (const QJsonValue &step : conversation["steps"_L1].toArray()) {
            (step["from"_L1].toString() == "client"_L1 ? fromClient : fromServer) += bytesOf(step["wire"_L1]);
        }
        all << fromClient << fromServer;
    }
    return all;
}

/// What exerciseSession() reads first: role, seed of what the owner does, and slice.
QByteArray choices(int role, int seed, int slice)
{
    QByteArray bytes(3, '\0');
    bytes[0] = char(role);
    bytes[1] = char(seed);
    bytes[2] = char(slice);
    return bytes;
}

void mutate(QByteArray &bytes, QRandomGenerator &random)
{
    const int size = int(bytes.size());
    const int at = random.bounded(size);
    switch (random.bounded(6)) {
    case 0:
        bytes[at] = char(bytes[at] ^ (1 << random.bounded(8)));
        break;
    case 1:
        bytes[at] = char(random.bounded(256));
        break;
    case 2:
        bytes.remove(at, 1 + random.bounded(16));
        break;
    case 3:
        bytes.insert(at, bytes.mid(random.bounded(size), random.bounded(40)));
        break;
    case 4:
        bytes.truncate(at);
        break;
    default:
        bytes[at] = char(0xff);
        break;
    }
}

} // namespace

class TestMutations : public QObject
{
    Q_OBJECT

private slots:
    void recordedBytesAsTheyAre()
    {
        for (const QByteArray &wire : corpus()) {
            for (const int role : {0, 1}) {
                for (int slice = 0; slice < 64; ++slice) {
                    QVERIFY(exerciseSession(choices(role, 7, slice) + wire));
                }
            }
        }
    }

    void damagedBytes()
    {
        const QList<QByteArray> originals = corpus();
        QRandomGenerator random(20261123);
        for (int round = 0; round < Rounds; ++round) {
            QByteArray input = originals[random.bounded(int(originals.size()))];
            for (int count = 1 + random.bounded(4); count > 0 && !input.isEmpty(); --count) {
                mutate(input, random);
            }
            input.prepend(choices(random.bounded(2), random.bounded(256), random.bounded(256)));
            QVERIFY2(exerciseSession(input), input.toHex().constData());
        }
    }

    void slicingDoesNotChangeWhatDamagedBytesMean()
    {
        const QList<QByteArray> originals = corpus();
        QRandomGenerator random(42);
        for (int round = 0; round < Rounds / 10; ++round) {
            QByteArray input = originals[random.bounded(int(originals.size()))];
            mutate(input, random);
            for (const Role role : {Role::Client, Role::Server}) {
                Session whole(role);
                Session sliced(role);
                const QStringList expected = eventsOf(whole, input);
                QCOMPARE(eventsOf(sliced, input, 1 + random.bounded(30)), expected);
                QCOMPARE(sliced.hasFailed(), whole.hasFailed());
                QCOMPARE(sliced.takeOutput(), whole.takeOutput());
            }
        }
    }

    void noise()
    {
        QRandomGenerator random(1);
        for (int round = 0; round < Rounds / 4; ++round) {
            QByteArray input(random.bounded(200), Qt::Uninitialized);
            for (char &c : input) {
                c = char(random.bounded(256));
            }
            QVERIFY2(exerciseSession(input), input.toHex().constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestMutations)
#include "tst_mutations.moc"
