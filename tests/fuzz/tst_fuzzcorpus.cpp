#include "fuzztargets.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

/// Calls every fuzz target with every file of the tree that is there to be imported, so that the targets hold without
/// clang, too; and with pieces of them put together anew, always the same way.
class TestFuzzCorpus : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QDirIterator files(QStringLiteral(FAIRLEAD_TEST_DATA "/exchange"), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.fileName().endsWith(".rows"_L1) && file.open(QIODevice::ReadOnly))
                m_texts << file.readAll();
        }
        QVERIFY(m_texts.size() > 30);
    }

    void promisesHoldForTheCorpus_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < fuzzTargets().size(); ++i)
            QTest::newRow(fuzzTargets().at(i).name) << i;
    }
    void promisesHoldForTheCorpus()
    {
        QFETCH(int, index);
        for (const QByteArray &text : std::as_const(m_texts))
            fuzzTargets().at(index).run(text);
    }

    void promisesHoldForPieces_data() { promisesHoldForTheCorpus_data(); }
    void promisesHoldForPieces()
    {
        QFETCH(int, index);
        for (qsizetype i = 0; i < m_texts.size(); ++i) {
            const QByteArray &text = m_texts.at(i);
            const QByteArray &other = m_texts.at((i * 7 + 3) % m_texts.size());
            if (text.size() > 2'000 || other.size() > 2'000)
                continue;
            fuzzTargets().at(index).run(text.first(text.size() / 2) + other.sliced(other.size() / 3));
            fuzzTargets().at(index).run(text + other);
            QByteArray holes = text;
            for (qsizetype at = i % 5; at < holes.size(); at += 11)
                holes[at] = char(holes.at(at) ^ 0x15);
            fuzzTargets().at(index).run(holes);
        }
    }

private:
    QList<QByteArray> m_texts;
};

QTEST_GUILESS_MAIN(TestFuzzCorpus)

#include "tst_fuzzcorpus.moc"
