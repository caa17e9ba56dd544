#include "app/link.h"

#include <QTest>

using namespace Fairlead::App;
using namespace Qt::StringLiterals;

class TestLink : public QObject
{
    Q_OBJECT

private slots:
    void aLinkNamesAProfile_data()
    {
        QTest::addColumn<QString>("link");
        QTest::addColumn<QString>("profile");
        QTest::addRow("a word") << u"fairlead://up/staging"_s << u"staging"_s;
        QTest::addRow("with a blank") << u"fairlead://up/Team%20A"_s << u"Team A"_s;
        QTest::addRow("with letters of other alphabets") << u"fairlead://up/B%C3%BCro"_s << u"Büro"_s;
        QTest::addRow("the scheme in capitals") << u"FAIRLEAD://up/a"_s << u"a"_s;
    }
    void aLinkNamesAProfile()
    {
        QFETCH(const QString, link);
        QFETCH(const QString, profile);
        QVERIFY(isLink(link));
        const auto found = profileOfLink(link);
        QVERIFY2(found.hasValue(), qPrintable(found.hasValue() ? QString() : found.error()));
        QCOMPARE(*found, profile);
    }

    void anythingElseIsRefused_data()
    {
        QTest::addColumn<QString>("link");
        for (const char *link :
             {"fairlead:", "fairlead://", "fairlead://up", "fairlead://up/", "fairlead:up/a", "fairlead://down/a",
              "fairlead://up/a/b", "fairlead://up/a%2Fb", "fairlead://up/..%2F..%2Fetc%2Fx.yaml", "fairlead://up/a?b=c",
              "fairlead://up/a#b", "fairlead://user@up/a", "fairlead://up:80/a", "fairlead://up/a%0Ab",
              "fairlead://up/a%1B[31m", "fairlead://up/%zz", "fairlead://up/a b"})
            QTest::addRow("%s", link) << QString::fromUtf8(link);
        QTest::addRow("endless") << u"fairlead://up/"_s + QString(10'000, u'a');
    }
    void anythingElseIsRefused()
    {
        QFETCH(const QString, link);
        QVERIFY(isLink(link));
        QVERIFY(!profileOfLink(link).hasValue());
    }

    void wordsAreNoLinks()
    {
        for (const QString &word : {u"status"_s, u"--demo"_s, u"fairlead"_s, u"https://fairlead.example"_s, QString()})
            QVERIFY2(!isLink(word), qPrintable(word));
    }
};

QTEST_GUILESS_MAIN(TestLink)

#include "tst_link.moc"
