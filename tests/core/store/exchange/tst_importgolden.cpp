#include "core/store/exchange/importfile.h"
#include "core/store/profiles/profilewriter.h"
#include "importedtext.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Store;
using namespace Qt::StringLiterals;

namespace {

QString folder()
{
    return QStringLiteral(FAIRLEAD_TEST_DATA "/exchange/");
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Each file below tests/data/exchange has a neighbour that ends in ".rows" and tells what becomes of it. With
/// FAIRLEAD_WRITE_ROWS=1 these are written anew, to be read before they are committed.
class TestImportGolden : public QObject
{
    Q_OBJECT

private slots:
    void aFileGivesTheseRows_data()
    {
        QTest::addColumn<QString>("path");
        QDirIterator files(folder(), QDir::Files, QDirIterator::Subdirectories);
        int count = 0;
        while (files.hasNext()) {
            const QString path = files.next();
            if (path.endsWith(".rows"_L1))
                continue;
            QTest::newRow(qPrintable(path.mid(folder().size()))) << path;
            ++count;
        }
        QVERIFY(count > 30);
    }
    void aFileGivesTheseRows()
    {
        QFETCH(QString, path);

        const QString text = importedText(importFile(path));

        if (qEnvironmentVariableIsSet("FAIRLEAD_WRITE_ROWS")) {
            QFile file(path + u".rows"_s);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text.toUtf8());
        }
        const QString expected = QString::fromUtf8(contentOf(path + u".rows"_s));
        const QStringList lines = text.split(u'\n');
        const QStringList expectedLines = expected.split(u'\n');
        for (qsizetype i = 0; i < std::min(lines.size(), expectedLines.size()); ++i)
            QCOMPARE(lines.at(i), expectedLines.at(i));
        QCOMPARE(lines.size(), expectedLines.size());
    }

    /// Files come from colleagues: what is in them must not get into a profile that goes to others.
    void nothingSecretIsKept_data() { aFileGivesTheseRows_data(); }
    void nothingSecretIsKept()
    {
        QFETCH(QString, path);
        const auto imported = importFile(path);
        if (!imported)
            return;

        const QByteArray profile = writeProfile({u"a"_s, {}, imported->forwards(), {}});

        const QByteArray everything = profile + importedText(imported).toUtf8();
        for (const char *secret : {"s3cr3t-t0k3n", "hunter2", "/home/ann"})
            QVERIFY2(!everything.contains(secret), secret);
    }
};

QTEST_GUILESS_MAIN(TestImportGolden)

#include "tst_importgolden.moc"
