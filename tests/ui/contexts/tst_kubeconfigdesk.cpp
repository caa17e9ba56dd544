#include "core/store/settings.h"
#include "tests/ui/contexts/contextfiles.h"
#include "ui/contexts/kubeconfigdesk.h"
#include "ui/contexts/kubeconfigintake.h"
#include "ui/contexts/pastedialog.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QDropEvent>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Test;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;

class TestKubeconfigDesk : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        writeFile(path("own"), kubeconfigWith({u"default"_s}));
        m_settings = std::make_unique<Store::Settings>(path("settings.ini"));
        m_contexts = std::make_unique<Kube::ContextStore>(flagsFor(path("own")));
        m_desk = std::make_unique<KubeconfigDesk>(*m_contexts, *m_settings, path("pasted"));
    }

    void aFileIsTakenInRememberedAndLetGo()
    {
        const QString lab = writeFile(path("lab.yaml"), kubeconfigWith({u"default"_s, u"team/api:6443/ann"_s}));
        const auto outcome = m_desk->addFile(lab);
        QVERIFY2(outcome.hasValue(), qPrintable(outcome ? QString() : outcome.error()));
        QCOMPARE(*outcome, QList<Kube::ContextRef>({{u"default"_s, lab}, {u"team/api:6443/ann"_s, lab}}));
        QCOMPARE(m_contexts->contexts().size(), 3);
        QVERIFY(m_desk->addFile(lab).hasValue()); // again: nothing new
        QCOMPARE(m_desk->files(), QStringList{lab});

        Kube::ContextStore nextRun(flagsFor(path("own")));
        KubeconfigDesk(nextRun, *m_settings, path("pasted")).restore();
        QCOMPARE(nextRun.contexts().size(), 3);

        m_desk->remove(lab);
        QCOMPARE(m_contexts->contexts().size(), 1);
        QVERIFY(m_desk->files().isEmpty());
        QVERIFY(QFileInfo::exists(lab)); // it is not ours
    }

    void whatIsNoKubeconfigIsRefusedInWords_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("words");
        QTest::addRow("no YAML") << "clusters:\n- {name: c\nusers: ]\n"_ba << u"line 3, column"_s;
        QTest::addRow("a letter") << "Dear Ann,\nplease find attached\n"_ba << u"does not hold a mapping"_s;
        QTest::addRow("another kind") << "kind: Deployment\napiVersion: apps/v1\n"_ba << u"Deployment"_s;
        QTest::addRow("empty") << ""_ba << u"no contexts"_s;
        QTest::addRow("without contexts") << "kind: Config\napiVersion: v1\nclusters: []\n"_ba << u"no contexts"_s;
        QTest::addRow("bytes") << QByteArray("\x7f\x45\x4c\x46\x00\x01", 6) << u"YAML"_s;
    }

    void whatIsNoKubeconfigIsRefusedInWords()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, words);
        const QString file = writeFile(path("file"), text);
        const auto byFile = m_desk->addFile(file);
        QVERIFY(!byFile.hasValue());
        QVERIFY2(byFile.error().contains(words) && byFile.error().contains(file), qPrintable(byFile.error()));
        const auto byText = m_desk->addText(text);
        QVERIFY(!byText.hasValue());
        QVERIFY2(byText.error().contains(words), qPrintable(byText.error()));
        QVERIFY(m_desk->files().isEmpty());
        QVERIFY(!QFileInfo::exists(path("pasted")));
    }

    void aMissingFileAndTheRunsOwnAreRefused()
    {
        QVERIFY(m_desk->addFile(path("nowhere")).error().contains(u"No such file"_s));
        QVERIFY(m_desk->addFile(path("own")).error().contains(u"in use already"_s));
    }

    void pastedTextIsKeptWhereOnlyItsUserReads()
    {
        const QByteArray text = kubeconfigWith({u"default"_s}, "https://api.okd.example:6443", "{token: SECRET}");
        const auto outcome = m_desk->addText(text);
        QVERIFY2(outcome.hasValue(), qPrintable(outcome ? QString() : outcome.error()));
        const QString file = outcome->first().kubeconfig;
        QCOMPARE(file, path("pasted/api.okd.example.yaml"));
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther
            | QFileDevice::WriteOther | QFileDevice::ExeGroup | QFileDevice::ExeOther;
        QCOMPARE(QFile::permissions(file) & others, QFileDevice::Permissions());
        QCOMPARE(QFile::permissions(path("pasted")) & others, QFileDevice::Permissions());
        QVERIFY(m_desk->isPasted(file));
        QCOMPARE(m_contexts->resolve(outcome->first())->token, u"SECRET"_s);
        QFile settings(path("settings.ini"));
        m_settings.reset(); // writes
        QVERIFY(settings.open(QIODevice::ReadOnly));
        QVERIFY(!settings.readAll().contains("SECRET"));
    }

    void theSameTextTwiceIsOneFileAndAnotherOneIsAnother()
    {
        const QByteArray text = kubeconfigWith({u"default"_s});
        const auto first = m_desk->addText(text);
        QCOMPARE(*m_desk->addText(text), *first);
        const auto other = m_desk->addText(kubeconfigWith({u"other"_s}));
        QCOMPARE(other->first().kubeconfig, path("pasted/api.lab-2.yaml"));
        QCOMPARE(m_desk->files().size(), 2);
        m_desk->remove(first->first().kubeconfig);
        QVERIFY(!QFileInfo::exists(first->first().kubeconfig)); // ours
        QCOMPARE(m_contexts->contexts().size(), 2);
    }

    void aNameThatCannotBeAFileMakesOne()
    {
        const auto outcome = m_desk->addText(kubeconfigWith({u"../../etc/x"_s}, "https://[::1]:6443"));
        QVERIFY(outcome.hasValue());
        QCOMPARE(QFileInfo(outcome->first().kubeconfig).path(), path("pasted"));
    }

    void theDialogSaysWhereTheTextIsWrongAndClosesWhenItIsRight()
    {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(kubeconfigWith({u"default"_s})));
        PasteDialog dialog(*m_desk);
        QSignalSpy taken(&dialog, &PasteDialog::taken);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        auto *text = dialog.findChild<QPlainTextEdit *>();
        auto *problem = dialog.findChild<QLabel *>(u"kubeconfigProblem"_s);
        auto *add = dialog.findChild<QPushButton *>(u"addKubeconfigText"_s);
        QVERIFY(text->toPlainText().contains(u"api.lab"_s)); // from the clipboard
        text->setPlainText(u"clusters: [\n"_s);
        QTest::mouseClick(add, Qt::LeftButton);
        QVERIFY(dialog.isVisible());
        QVERIFY2(problem->isVisible() && problem->text().contains(u"line "_s), qPrintable(problem->text()));
        text->clear();
        QVERIFY(!problem->isVisible() && !add->isEnabled());
        text->setPlainText(QString::fromUtf8(kubeconfigWith({u"default"_s})));
        QTest::mouseClick(add, Qt::LeftButton);
        QCOMPARE(taken.count(), 1);
        QVERIFY(!dialog.isVisible());
        QGuiApplication::clipboard()->clear();
    }

    void filesAndTextAreDropped()
    {
        QWidget window;
        KubeconfigIntake intake(*m_contexts, *m_settings, window);
        QSignalSpy taken(&intake, &KubeconfigIntake::taken);
        QSignalSpy refused(&intake, &KubeconfigIntake::refused);
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(writeFile(path("a.yaml"), kubeconfigWith({u"a"_s}))),
                       QUrl::fromLocalFile(writeFile(path("b.txt"), "hello"))});
        QVERIFY(drop(window, files));
        QCOMPARE(taken.count(), 1);
        QCOMPARE(refused.count(), 1);
        QMimeData words;
        words.setText(u"some words"_s);
        QVERIFY(!drop(window, words));
        QMimeData web;
        web.setUrls({QUrl(u"https://example.com/config"_s)});
        QVERIFY(!drop(window, web));
        QCOMPARE(taken.count(), 1);
        QCOMPARE(refused.count(), 1);
    }

private:
    [[nodiscard]] QString path(const char *name) const { return m_dir->filePath(QString::fromLatin1(name)); }

    static bool drop(QWidget &window, const QMimeData &data)
    {
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &enter);
        if (!enter.isAccepted())
            return false;
        QDropEvent event({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &event);
        return event.isAccepted();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Store::Settings> m_settings;
    std::unique_ptr<Kube::ContextStore> m_contexts;
    std::unique_ptr<KubeconfigDesk> m_desk;
};

QTEST_MAIN(TestKubeconfigDesk)
#include "tst_kubeconfigdesk.moc"
