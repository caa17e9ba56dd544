#include "profiles/profilestage.h"

#include <QDir>
#include <QMenuBar>
#include <QTest>

#include <algorithm>

using namespace Fairlead;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;
using Forward::ForwardId;
using Forward::State;
using Run = ProfileStage;

class TestProfiles : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_where = std::make_unique<QTemporaryDir>(); }

    void theMenuStandsBetweenForwardAndView()
    {
        const Run run(*m_where);
        QStringList titles;
        for (const QAction *action : run.window->menuBar()->actions())
            titles << action->text().remove(u'&');
        QCOMPARE(titles, (QStringList{u"File"_s, u"Edit"_s, u"Forward"_s, u"Profiles"_s, u"View"_s, u"Help"_s}));
    }

    void whatIsHereIsSavedByKey()
    {
        const Run run(*m_where);
        run.put(u"api"_s, State::Running, 28080);
        run.put(u"db"_s, State::Stopped, 28432);

        run.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(run.window.get()));
        QTest::keyClick(run.window.get(), Qt::Key_S, Qt::ControlModifier);
        run.answerName(u"Team A"_s);

        const auto *entry = run.folder.find(u"Team A"_s);
        QVERIFY(entry);
        QCOMPARE(entry->profile.forwards.size(), 2);
        QVERIFY(entry->profile.forwards.first().running);
        QVERIFY(!entry->profile.forwards.last().running);
        QCOMPARE(entry->profile.forwards.first().server, u"https://one.example:6443"_s);
    }

    void wordsAboutAForwardTravelWithIt()
    {
        const Forward::About about{u"Ask Ann."_s, {u"db"_s}, u"red"_s, u"/login"_s};
        {
            Run run(*m_where);
            Forward::ForwardSnapshot forward = paperForward(u"api"_s, State::Running, 28080);
            forward.spec.about = about;
            run.forwards->put(forward);
            run.menu->saveAs();
            run.answerName(u"Team A"_s);
        }
        QFile::remove(m_where->filePath(u"session.yaml"_s));
        const Run run(*m_where);
        run.action(u"Team A"_s, u"Start"_s)->trigger();
        QCOMPARE(run.forwards->snapshot(1).spec.about, about);
    }

    void aTakenNameIsAskedFor()
    {
        Run run(*m_where);
        run.put(u"api"_s, State::Running, 28080);
        QVERIFY(!run.folder.save({u"Team A"_s, Store::Profile::Restore::Ask, {}, {}}));

        run.menu->saveAs();
        run.answerName(u"Team A"_s);
        run.answerQuestion(u"Cancel"_s);
        QVERIFY(run.folder.find(u"Team A"_s)->profile.forwards.isEmpty());

        run.menu->saveAs();
        run.answerName(u"Team A"_s);
        run.answerQuestion(u"Replace"_s);
        QCOMPARE(run.folder.find(u"Team A"_s)->profile.forwards.size(), 1);
        QCOMPARE(run.folder.find(u"Team A"_s)->profile.restore, Store::Profile::Restore::Ask);
    }

    void aProfileStartsByItsNumber()
    {
        {
            Run run(*m_where);
            run.put(u"api"_s, State::Running, 28080);
            run.put(u"db"_s, State::Stopped, 28432);
            run.menu->saveAs();
            run.answerName(u"Team A"_s);
        }
        QFile::remove(m_where->filePath(u"session.yaml"_s)); // if it was written yet
        const Run run(*m_where);
        run.put(u"api"_s, State::Stopped, 28080); // is there already

        run.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(run.window.get()));
        QTest::keyClick(run.window.get(), Qt::Key_1, Qt::ControlModifier);

        QCOMPARE(run.names(), (QStringList{u"api"_s, u"db"_s}));
        QCOMPARE(run.forwards->calls(), (QStringList{u"add 2"_s, u"start 1"_s}));
    }

    void switchingTakesAwayWhatDoesNotBelong()
    {
        Run run(*m_where);
        run.put(u"api"_s, State::Running, 28080);
        run.menu->saveAs();
        run.answerName(u"Team A"_s);
        run.put(u"db"_s, State::Running, 28432);

        run.action(u"Team A"_s, u"Switch to it"_s)->trigger();

        QCOMPARE(run.names(), QStringList{u"api"_s});
        QVERIFY(!run.messages->keys().isEmpty()); // removing can be undone
    }

    void whatCannotRunHereIsSaid()
    {
        Run run(*m_where);
        Store::SavedForward saved;
        saved.spec = paperForward(u"api"_s, State::Stopped, 28080, u"moon"_s).spec;
        QVERIFY(!run.folder.save({u"Team A"_s, {}, {saved}, {}}));

        run.action(u"Team A"_s, u"Start"_s)->trigger();
        auto *conflicts = run.window->findChild<QDialog *>(u"conflicts"_s);
        QVERIFY(conflicts);
        QTest::keyClick(conflicts, Qt::Key_Return);

        QVERIFY(run.messages->notice(u"profile-problem"_s));
        QCOMPARE(run.names(), QStringList{u"api"_s}); // nothing is lost
        QVERIFY(!run.forwards->calls().contains(u"start 1"_s));
    }

    void aRemovedProfileComesBack()
    {
        Run run(*m_where);
        QVERIFY(!run.folder.save({u"Team A"_s, {}, {}, {}}));
        run.action(u"Team A"_s, u"Remove"_s)->trigger();
        QVERIFY(!run.folder.find(u"Team A"_s));

        auto *notice = run.messages->notice(u"profile-removed"_s);
        QVERIFY(notice);
        QTest::mouseClick(notice->findChild<QPushButton *>(), Qt::LeftButton);

        QVERIFY(run.folder.find(u"Team A"_s));
    }

    void aReplacedProfileComesBack()
    {
        Run run(*m_where);
        run.put(u"api"_s, State::Running, 28080);
        QVERIFY(!run.folder.save({u"Team A"_s, Store::Restore::Ask, {}, {}}));
        run.action(u"Team A"_s, u"Save forwards into it"_s)->trigger();
        run.answerQuestion(u"Replace"_s);
        QCOMPARE(run.folder.find(u"Team A"_s)->profile.forwards.size(), 1);

        auto *notice = run.messages->notice(u"profile-removed"_s);
        QVERIFY(notice);
        QTest::mouseClick(notice->findChild<QPushButton *>(), Qt::LeftButton);

        QVERIFY(run.folder.find(u"Team A"_s)->profile.forwards.isEmpty());
        QCOMPARE(run.folder.find(u"Team A"_s)->profile.restore, Store::Restore::Ask);
    }

    void whatSomebodyElseWroteMeanwhileIsNotUndone()
    {
        Run run(*m_where);
        run.put(u"api"_s, State::Running, 28080);
        QVERIFY(!run.folder.save({u"Team A"_s, {}, {}, {}}));
        const QString file = run.folder.find(u"Team A"_s)->file;
        run.action(u"Team A"_s, u"Save forwards into it"_s)->trigger();
        run.answerQuestion(u"Replace"_s);
        const QByteArray theirs = "fairleadProfile: 1\nname: Team A\nforwards: []\nowner: ann\n";
        auto *notice = run.messages->notice(u"profile-removed"_s);
        QVERIFY(notice);
        write(file, theirs);

        QTest::mouseClick(notice->findChild<QPushButton *>(), Qt::LeftButton);

        QVERIFY(run.messages->notice(u"profile-problem"_s));
        QFile now(file);
        QVERIFY(now.open(QIODevice::ReadOnly));
        QCOMPARE(now.readAll(), theirs);
    }

    void aCopyStandsBesideItsOriginal()
    {
        Run run(*m_where);
        run.put(u"api"_s, State::Running, 28080);
        run.menu->saveAs();
        run.answerName(u"Team A"_s);
        run.action(u"Team A"_s, u"Duplicate"_s)->trigger();
        run.action(u"Team A"_s, u"Duplicate"_s)->trigger();
        QVERIFY(run.folder.find(u"Team A (copy 2)"_s));
        QCOMPARE(run.folder.find(u"Team A (copy)"_s)->profile.forwards.size(), 1);
    }

    void keysFollowTheOrder()
    {
        {
            Run run(*m_where);
            for (const QString &name : {u"A"_s, u"B"_s, u"C"_s})
                QVERIFY(!run.folder.save({name, {}, {}, {}}));
            QVERIFY(!run.action(u"A"_s, u"Move up"_s)->isEnabled());
            run.action(u"C"_s, u"Move up"_s)->trigger();
            run.action(u"C"_s, u"Move up"_s)->trigger();
            QVERIFY(!run.action(u"B"_s, u"Move down"_s)->isEnabled());
        }
        const Run run(*m_where);
        const auto key = [&](const QString &name) { return run.action(name, u"Start"_s)->shortcut(); };
        QCOMPARE(key(u"C"_s), QKeySequence(u"Ctrl+1"_s));
        QCOMPARE(key(u"A"_s), QKeySequence(u"Ctrl+2"_s));
        QCOMPARE(key(u"B"_s), QKeySequence(u"Ctrl+3"_s));
    }

    void aProfileIsRenamed()
    {
        Run run(*m_where);
        QVERIFY(!run.folder.save({u"Team A"_s, {}, {}, {}}));
        run.action(u"Team A"_s, u"Rename…"_s)->trigger();
        run.answerName(u"Team B & C"_s);
        QVERIFY(run.folder.find(u"Team B & C"_s));
        QVERIFY(run.action(u"Team B && C"_s, u"Start"_s));
    }

    void aBrokenProfileIsShownWithItsPlace()
    {
        QVERIFY(QDir().mkpath(m_where->filePath(u"profiles"_s)));
        write(m_where->filePath(u"profiles/bad.yaml"_s), "fairleadProfile: 1\nname: a\nforwards: 7\n");
        const Run run(*m_where);
        const auto actions = run.menu->actions();
        const auto found = std::find_if(actions.begin(), actions.end(),
                                        [](const QAction *action) { return action->text().startsWith(u"bad"_s); });
        QVERIFY(found != actions.end());
        QVERIFY2((*found)->toolTip().contains(u"Line 3"_s), qPrintable((*found)->toolTip()));
    }

    void whatSomebodyElseChangedIsAskedAbout()
    {
        Run run(*m_where);
        run.put(u"api"_s, State::Running, 28080);
        QVERIFY(!run.folder.save({u"Team A"_s, {}, {}, {}}));
        const QString file = run.folder.find(u"Team A"_s)->file;
        QAction *save = run.action(u"Team A"_s, u"Save forwards into it"_s);
        write(file, "fairleadProfile: 1\nname: Team A\nforwards: []\nowner: ann\n");

        save->trigger();
        run.answerQuestion(u"Replace"_s);
        run.answerQuestion(u"Overwrite"_s);

        QCOMPARE(run.folder.find(u"Team A"_s)->profile.forwards.size(), 1);
    }

    void forwardsOfLastTimeComeBackStopped()
    {
        {
            const Run run(*m_where);
            run.put(u"api"_s, State::Running, 28080);
            run.put(u"db"_s, State::Stopped, 28432);
            QTRY_VERIFY(QFile::exists(m_where->filePath(u"session.yaml"_s))); // no orderly end is needed
        }
        const Run run(*m_where);

        QCOMPARE(run.names(), (QStringList{u"api"_s, u"db"_s}));
        QCOMPARE(run.forwards->snapshot(1).state, State::Stopped);
        auto *notice = run.messages->notice(u"restore"_s);
        QVERIFY(notice);
        run.forwards->forgetCalls();
        QTest::mouseClick(notice->findChild<QPushButton *>(), Qt::LeftButton);
        QCOMPARE(run.forwards->calls(), QStringList{u"start 1"_s});
        QVERIFY(!run.messages->notice(u"restore"_s));
    }

    void aSessionThatCannotBeReadIsPutAside()
    {
        write(m_where->filePath(u"session.yaml"_s), "forwards: [");
        const Run run(*m_where);

        QVERIFY(run.messages->notice(u"session"_s));
        const QStringList aside = QDir(m_where->path()).entryList({u"session.yaml.*.broken"_s});
        QCOMPARE(aside.size(), 1);
        run.put(u"api"_s, State::Running, 28080);
        QTRY_VERIFY(QFile::exists(m_where->filePath(u"session.yaml"_s)));
    }

private:
    std::unique_ptr<QTemporaryDir> m_where;
};

QTEST_MAIN(TestProfiles)

#include "tst_profiles.moc"
