#include "ui/picker/pickerform.h"
#include "ui/translations.h"

#include <QApplication>
#include <QDirIterator>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;

namespace {

struct Entry {
    QString context;
    QString source;
    bool plural = false;
    bool finished = true;
    QStringList forms;
};

/// The entries of a .ts file (Qt Linguist, format 2.1).
QList<Entry> entriesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<Entry> entries;
    QString context;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "name"_L1) {
            context = xml.readElementText();
        } else if (xml.name() == "message"_L1) {
            entries << Entry{context, {}, xml.attributes().value("numerus"_L1) == "yes"_L1, true, {}};
        } else if (xml.name() == "source"_L1) {
            entries.last().source = xml.readElementText();
        } else if (xml.name() == "translation"_L1) {
            entries.last().finished = xml.attributes().value("type"_L1).isEmpty();
            if (!entries.last().plural)
                entries.last().forms << xml.readElementText();
        } else if (xml.name() == "numerusform"_L1) {
            entries.last().forms << xml.readElementText();
        }
    }
    return xml.hasError() ? QList<Entry>() : entries;
}

/// "%1", "%2" and "%n", sorted, each as often as it stands there.
QStringList placeholders(const QString &text)
{
    static const QRegularExpression pattern(u"%L?(\\d{1,2}|n)"_s);
    QStringList all;
    for (auto match = pattern.globalMatch(text); match.hasNext();)
        all << match.next().captured(1);
    all.sort();
    return all;
}

QString ends(const QString &text)
{
    static const QRegularExpression pattern(u"(…|\\.|:|\\?)$"_s);
    return pattern.match(text.trimmed()).captured(1);
}

QString tsFile(const QString &language)
{
    return QStringLiteral(FAIRLEAD_SOURCE_DIR "/translations/fairlead_%1.ts").arg(language);
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private slots:
    void everyEntryIsSound_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addRow("English plurals") << u"en"_s;
        QTest::addRow("German") << u"de"_s;
    }

    void everyEntryIsSound()
    {
        QFETCH(const QString, language);
        const QList<Entry> entries = entriesOf(tsFile(language));
        QVERIFY(!entries.isEmpty());
        QStringList wrong;
        for (const Entry &entry : entries) {
            const auto blame = [&](const QString &what) {
                wrong << u"%1: “%2”: %3"_s.arg(entry.context, entry.source, what);
            };
            if (!entry.finished)
                blame(u"not translated"_s);
            if (entry.forms.size() != (entry.plural ? 2 : 1))
                blame(u"%1 forms"_s.arg(entry.forms.size()));
            for (const QString &form : entry.forms) {
                if (form.trimmed().isEmpty())
                    blame(u"empty"_s);
                if (placeholders(form) != placeholders(entry.source))
                    blame(u"other placeholders: “%1”"_s.arg(form));
                if (ends(form) != ends(entry.source))
                    blame(u"another end: “%1”"_s.arg(form));
                if (form.contains(u'&') != entry.source.contains(u'&'))
                    blame(u"a shortcut letter too many or too few: “%1”"_s.arg(form));
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
    }

    /// What stands in the sources today, against what stands in the files.
    void nothingInTheSourcesIsMissing_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QStringList>("options");
        QTest::addRow("English plurals") << u"en"_s << QStringList{u"-pluralonly"_s};
        QTest::addRow("German") << u"de"_s << QStringList();
    }

    void nothingInTheSourcesIsMissing()
    {
        QFETCH(const QString, language);
        QFETCH(const QStringList, options);
        const QTemporaryDir folder;
        const QString copy = folder.filePath(u"copy.ts"_s);
        QVERIFY(QFile::copy(tsFile(language), copy));
        QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner);
        QProcess lupdate;
        lupdate.setWorkingDirectory(QStringLiteral(FAIRLEAD_SOURCE_DIR));
        lupdate.start(QStringLiteral(FAIRLEAD_LUPDATE),
                      QStringList{u"-silent"_s, u"-locations"_s, u"none"_s, u"-no-obsolete"_s, u"-extensions"_s,
                                  u"cpp,h"_s, u"-I"_s, u"."_s}
                          + options + QStringList{u"app"_s, u"core"_s, u"ui"_s, u"-ts"_s, copy});
        QVERIFY(lupdate.waitForFinished(100'000));
        QCOMPARE(lupdate.exitCode(), 0);

        QStringList missing;
        for (const Entry &entry : entriesOf(copy)) {
            if (!entry.finished)
                missing << u"%1: “%2”"_s.arg(entry.context, entry.source);
        }
        QVERIFY2(missing.isEmpty(),
                 qPrintable(u"\nbuild the target update_translations and translate:\n"_s + missing.join(u'\n')));
    }

    /// lupdate takes a call of tr() in a free function for one of the surrounding namespace, and does not look into a
    /// QT_TRANSLATE_NOOP inside of tr(): either way the words would never be translated, and no other test would tell.
    void nothingHidesWordsFromLupdate()
    {
        static const QRegularExpression traps(u"QString tr\\(const char|auto tr = \\[|\\btr\\(QT_TR"_s);
        QStringList trapped;
        for (const QString &folder : {u"app"_s, u"core"_s, u"ui"_s}) {
            QDirIterator files(QStringLiteral(FAIRLEAD_SOURCE_DIR "/") + folder, {u"*.cpp"_s, u"*.h"_s}, QDir::Files,
                               QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                if (QString::fromUtf8(file.readAll()).contains(traps))
                    trapped << file.fileName();
            }
        }
        QVERIFY2(trapped.isEmpty(), qPrintable(u"\nuse Q_DECLARE_TR_FUNCTIONS: "_s + trapped.join(u'\n')));
    }

    void englishHasPlurals()
    {
        installTranslations(*QCoreApplication::instance(), QLocale(u"en_US"_s));
        QCOMPARE(QCoreApplication::translate("Fairlead::Ui::PodsPane", "%n pod(s)", nullptr, 1), u"1 pod"_s);
        QCOMPARE(QCoreApplication::translate("Fairlead::Ui::PodsPane", "%n pod(s)", nullptr, 2), u"2 pods"_s);
    }

    void aLanguageThatWeDoNotHaveIsEnglishWithPlurals()
    {
        installTranslations(*QCoreApplication::instance(), QLocale(u"is_IS"_s));
        QCOMPARE(QCoreApplication::translate("Fairlead::Ui::PodsPane", "%n pod(s)", nullptr, 0), u"0 pods"_s);
        QCOMPARE(QCoreApplication::translate("Fairlead::Ui::PickerForm", "Cancel"), u"Cancel"_s);
    }

    void germanSpeaksGerman()
    {
        installTranslations(*QCoreApplication::instance(), QLocale(u"de_AT"_s));
        PickerForm form;
        form.start(u"shop"_s, {});
        form.show();
        QVERIFY(QTest::qWaitForWindowExposed(&form));
        QCOMPARE(form.findChild<QPushButton *>(u"cancel"_s)->text(), u"Abbrechen"_s);
        QCOMPARE(form.findChild<QLineEdit *>(u"filter"_s)->placeholderText(), u"Pods filtern …"_s);
        form.podsProgress(0, 0, true);
        QStringList words;
        for (const QLabel *label : form.findChildren<QLabel *>())
            words << label->text();
        QVERIFY2(words.contains(u"Keine Pods in shop"_s), qPrintable(words.join(u'\n')));
        QVERIFY2(words.contains(u"0 Pods"_s), qPrintable(words.join(u'\n')));
    }
};

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
