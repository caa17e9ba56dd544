#include "profiles/profilestage.h"

#include <QComboBox>
#include <QLabel>
#include <QSpinBox>

using namespace Fairlead;
using namespace Fairlead::Ui;
using Store::Restore;

namespace {

Store::SavedForward saved(const QString &name, quint16 port, const QString &context = u"okd-dev"_s,
                          const QString &server = u"https://one.example:6443"_s)
{
    Store::SavedForward forward;
    forward.spec = paperForward(name, State::Stopped, port, context).spec;
    forward.server = server;
    return forward;
}

} // namespace

/// What is in the way before a start, and what starts by itself.
class TestProfileStart : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_where = std::make_unique<QTemporaryDir>(); }

    void aTakenPortIsReplacedForThisTime()
    {
        ProfileStage stage(*m_where);
        stage.put(u"web"_s, State::Running, 18080);
        QVERIFY(!stage.folder.save({u"Team A"_s, {}, {saved(u"api"_s, 18080), saved(u"db"_s, 18432)}, {}}));

        stage.action(u"Team A"_s, u"Start"_s)->trigger();
        QDialog *conflicts = dialog(stage);
        QVERIFY(conflicts);
        QVERIFY(says(*conflicts, u"Local port 18080 is taken by forward “web”."_s));
        QCOMPARE(way(*conflicts)->currentText(), u"Takes port 18081 this time."_s);
        QVERIFY(stage.names() == QStringList{u"web"_s}); // nothing happens before the answer
        QTest::keyClick(conflicts, Qt::Key_Return);

        QCOMPARE(stage.names(), (QStringList{u"web"_s, u"api"_s, u"db"_s}));
        QCOMPARE(stage.forwards->snapshot(2).spec.ports.first().local, std::optional<quint16>(18081));
        QVERIFY(stage.forwards->calls().contains(u"start 2"_s));
        QVERIFY(stage.forwards->calls().contains(u"start 3"_s));

        // Once more while it runs: nothing is doubled, and nothing is in the way.
        stage.action(u"Team A"_s, u"Start"_s)->trigger();
        QVERIFY(!dialog(stage));
        QCOMPARE(stage.names().size(), 3);
        // Saved, it has its own port; stopped, too.
        stage.menu->saveAs();
        stage.answerName(u"Team B"_s);
        QCOMPARE(stage.folder.find(u"Team B"_s)->profile.forwards.at(1).spec.ports.first().local.has_value(), false);
        // What failed keeps the port that its reason is about.
        Forward::ForwardSnapshot failed = stage.forwards->snapshot(2);
        failed.state = State::Failed;
        stage.forwards->put(failed);
        QVERIFY(stage.forwards->snapshot(2).spec.ports.first().local.has_value());
        // The port is free again: the next start has it.
        stage.forwards->stop(1);
        stage.action(u"Team A"_s, u"Start"_s)->trigger();
        QVERIFY(!dialog(stage));
        QVERIFY(!stage.forwards->snapshot(2).spec.ports.first().local.has_value());
        stage.forwards->stop(2);
        QCOMPARE(stage.forwards->snapshot(2).spec.ports.first().local.has_value(), false);
    }

    void whatIsLeftOutDoesNotStart()
    {
        ProfileStage stage(*m_where);
        stage.put(u"web"_s, State::Running, 18080);
        QVERIFY(!stage.folder.save({u"Team A"_s, {}, {saved(u"api"_s, 18080), saved(u"db"_s, 18432)}, {}}));
        stage.action(u"Team A"_s, u"Start"_s)->trigger();
        QDialog *conflicts = dialog(stage);
        QVERIFY(conflicts);
        way(*conflicts)->setFocus();
        QTest::keyClick(way(*conflicts), Qt::Key_Down);
        QTest::keyClick(conflicts, Qt::Key_Return);

        QVERIFY(!stage.forwards->calls().contains(u"start 2"_s));
        QVERIFY(stage.forwards->calls().contains(u"start 3"_s));
    }

    void whoSaysNoHasEverythingAsItWas()
    {
        ProfileStage stage(*m_where);
        stage.put(u"web"_s, State::Running, 18080);
        stage.put(u"other"_s, State::Running, 18081);
        QVERIFY(!stage.folder.save({u"Team A"_s, {}, {saved(u"moon"_s, 1234, u"moon"_s, u"https://moon"_s)}, {}}));
        stage.action(u"Team A"_s, u"Switch to it"_s)->trigger();
        QDialog *conflicts = dialog(stage);
        QVERIFY(conflicts);
        QTest::keyClick(conflicts, Qt::Key_Escape);
        QCOMPARE(stage.names(), (QStringList{u"web"_s, u"other"_s}));
        QVERIFY(stage.forwards->calls().isEmpty());
    }

    void switchingFreesThePortsOfThoseThatGo()
    {
        ProfileStage stage(*m_where);
        stage.put(u"web"_s, State::Running, 18080);
        QVERIFY(!stage.folder.save({u"Team A"_s, {}, {saved(u"api"_s, 18080)}, {}}));
        stage.action(u"Team A"_s, u"Switch to it"_s)->trigger();
        QVERIFY(!dialog(stage));
        QCOMPARE(stage.names(), QStringList{u"api"_s});
    }

    void theOtherProgramIsNamed()
    {
        ProfileStage stage(*m_where);
        stage.forwards->putHolder(18080, {u"java"_s, 4312});
        QVERIFY(!stage.folder.save({u"Team A"_s, {}, {saved(u"api"_s, 18080)}, {}}));
        stage.action(u"Team A"_s, u"Start"_s)->trigger();
        QDialog *conflicts = dialog(stage);
        QVERIFY(conflicts);
        QVERIFY(says(*conflicts, u"java (pid 4312)"_s));
        conflicts->reject();
    }

    void anotherContextCanBeChosen()
    {
        ProfileStage stage(*m_where);
        QVERIFY(!stage.folder.save({u"Team A"_s, {}, {saved(u"api"_s, 18080, u"moon"_s, u"https://moon"_s)}, {}}));
        stage.action(u"Team A"_s, u"Start"_s)->trigger();
        QDialog *conflicts = dialog(stage);
        QVERIFY(conflicts);
        QCOMPARE(way(*conflicts)->currentText(), u"Is not started."_s);
        way(*conflicts)->setCurrentIndex(1);
        QTest::keyClick(conflicts, Qt::Key_Return);
        QCOMPARE(stage.forwards->snapshot(1).spec.context, u"okd-dev"_s);
        QVERIFY(stage.forwards->calls().contains(u"start 1"_s));
    }

    void aProfileSaysWhatHappensAtTheStart()
    {
        {
            ProfileStage stage(*m_where);
            QVERIFY(!stage.folder.save({u"Team A"_s, {}, {saved(u"api"_s, 18080)}, {}}));
            QVERIFY(!stage.folder.save({u"Team B"_s, {}, {saved(u"db"_s, 18432)}, {}}));
            choosePolicy(stage, u"Team A"_s, u"Start what ran when it was saved"_s);
            choosePolicy(stage, u"Team B"_s, u"Ask whether to start it"_s);
            QCOMPARE(stage.folder.find(u"Team A"_s)->profile.restore, Restore::AsTheyWere);
        }
        ProfileStage stage(*m_where);
        QCOMPARE(stage.names(), QStringList{u"api"_s});
        QCOMPARE(stage.forwards->calls(), (QStringList{u"add 1"_s, u"start 1"_s}));

        auto *notice = stage.messages->notice(u"restore-profile/Team B"_s);
        QVERIFY(notice);
        QTest::mouseClick(notice->findChild<QPushButton *>(), Qt::LeftButton);
        QCOMPARE(stage.names(), (QStringList{u"api"_s, u"db"_s}));
        QVERIFY(stage.forwards->calls().contains(u"start 2"_s));
        QVERIFY(!stage.messages->notice(u"restore-profile/Team B"_s));
    }

    void sessionAndProfileBringEachForwardOnce()
    {
        {
            ProfileStage stage(*m_where);
            stage.put(u"api"_s, State::Running, 18080);
            stage.put(u"db"_s, State::Running, 18432);
            QVERIFY(!stage.folder.save({u"Team A"_s, Restore::AsTheyWere, {saved(u"api"_s, 18080)}, {}}));
            stage.window->close();
            QTRY_VERIFY(QFile::exists(m_where->filePath(u"session.yaml"_s)));
        }
        const ProfileStage stage(*m_where);
        QCOMPARE(stage.names(), (QStringList{u"api"_s, u"db"_s}));
        QCOMPARE(stage.forwards->calls(), (QStringList{u"add 1"_s, u"add 2"_s, u"start 1"_s}));
        QVERIFY(stage.messages->notice(u"restore"_s)); // db is left
    }

    void theLastSessionComesBackAsPreferred_data()
    {
        QTest::addColumn<Restore>("policy");
        QTest::addColumn<QStringList>("calls");
        QTest::addColumn<bool>("offered");
        QTest::newRow("not at all") << Restore::Nothing << QStringList{} << false;
        QTest::newRow("stopped, with an offer") << Restore::Ask << QStringList{u"add 1"_s, u"add 2"_s} << true;
        QTest::newRow("as they were") << Restore::AsTheyWere << QStringList{u"add 1"_s, u"add 2"_s, u"start 1"_s}
                                      << false;
    }
    void theLastSessionComesBackAsPreferred()
    {
        QFETCH(const Restore, policy);
        QFETCH(const QStringList, calls);
        QFETCH(const bool, offered);
        keepSession(policy);
        const ProfileStage stage(*m_where);
        QCOMPARE(stage.forwards->calls(), calls);
        QCOMPARE(stage.messages->notice(u"restore"_s) != nullptr, offered);
    }

    void protectedContextsWaitForAYes()
    {
        keepSession(Restore::AsTheyWere, [](ProfileStage &stage) {
            stage.settings.setContextMark(u"okd-dev"_s, u"https://one.example:6443"_s, {{}, true});
        });
        const ProfileStage stage(*m_where);
        QCOMPARE(stage.forwards->calls(), (QStringList{u"add 1"_s, u"add 2"_s}));
        QVERIFY(stage.messages->notice(u"restore-protected"_s));
        QVERIFY(!stage.window->findChild<QDialog *>(u"protectedQuestion"_s));
    }

private:
    static QDialog *dialog(const ProfileStage &stage)
    {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        return stage.window->findChild<QDialog *>(u"conflicts"_s);
    }
    static QComboBox *way(const QDialog &conflicts) { return conflicts.findChild<QComboBox *>(u"way0"_s); }
    static bool says(const QDialog &conflicts, const QString &words)
    {
        const auto labels = conflicts.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->text().contains(words); });
    }
    static void choosePolicy(const ProfileStage &stage, const QString &profile, const QString &words)
    {
        const QAction *starting = stage.action(profile, u"When Fairlead starts"_s);
        QVERIFY(starting && starting->menu());
        for (QAction *action : starting->menu()->actions()) {
            if (action->text().remove(u'&') == words)
                return action->trigger();
        }
        QFAIL("no such policy");
    }
    void keepSession(Restore policy, const std::function<void(ProfileStage &)> &also = {})
    {
        ProfileStage stage(*m_where);
        stage.settings.setRestoreSession(policy);
        stage.put(u"api"_s, State::Running, 18080);
        stage.put(u"db"_s, State::Stopped, 18432);
        if (also)
            also(stage);
        QTRY_VERIFY(QFile::exists(m_where->filePath(u"session.yaml"_s)));
    }

    std::unique_ptr<QTemporaryDir> m_where;
};

QTEST_MAIN(TestProfileStart)

#include "tst_profilestart.moc"
