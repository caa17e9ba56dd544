#include "core/store/settings.h"
#include "support/paperforwards.h"
#include "ui/forwards/propertiesdialog.h"

#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;
using Forward::State;

/// The dialog as somebody meets it who has only a keyboard.
class TestPropertiesDialog : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { m_dialog.reset(); }

    void keysFillItInAndReturnTakesIt()
    {
        open(paperForward(u"api"_s, State::Stopped, 8080));
        QCOMPARE(QApplication::focusWidget(), field(u"forwardName"_s));
        type(u"Orders API"_s);
        tab();
        type(u"db,  team  a, db,"_s);
        tab();
        type(u"b"_s); // chooses Blue
        tab();
        type(u"/login"_s);
        tab();
        type(u"Ask Ann first."_s);
        tab();
        type(u"18080"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);

        QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
        const Forward::ForwardSpec spec = m_dialog->spec();
        QCOMPARE(spec.name, u"Orders API"_s);
        QCOMPARE(spec.about.tags, (QStringList{u"db"_s, u"team a"_s}));
        QCOMPARE(spec.about.color, u"blue"_s);
        QCOMPARE(spec.about.url, u"/login"_s);
        QCOMPARE(spec.about.notes, u"Ask Ann first."_s);
        QCOMPARE(spec.ports.first().local, std::optional<quint16>(18080));
    }

    void whatIsNotTouchedStays()
    {
        Forward::ForwardSnapshot forward = paperForward(u"api"_s, State::Running, 8080);
        forward.spec.about = {u"Two\nlines"_s, {u"a"_s}, u"chartreuse"_s, u"https://shop.example/"_s};
        forward.spec.addresses = {u"127.0.0.7"_s};
        forward.spec.ports = {{quint16(0), u"http"_s}, {std::nullopt, u"metrics"_s}};
        open(forward);
        QCOMPARE(m_dialog->spec(), forward.spec);
    }

    void whatCannotBeIsSaid_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("accepted");
        QTest::newRow("a path") << u"forwardUrl"_s << u"/login?next=%2F"_s << true;
        QTest::newRow("https") << u"forwardUrl"_s << u"https://shop.example/a"_s << true;
        QTest::newRow("a host alone is http") << u"forwardUrl"_s << u"shop.example:8080/a"_s << true;
        QTest::newRow("a file") << u"forwardUrl"_s << u"file:///etc/passwd"_s << false;
        QTest::newRow("another program's scheme") << u"forwardUrl"_s << u"vscode://open?x"_s << false;
        QTest::newRow("script") << u"forwardUrl"_s << u"javascript:alert(1)"_s << false;
        QTest::newRow("any free port") << u"localPort0"_s << u"0"_s << true;
        QTest::newRow("the pod's number") << u"localPort0"_s << QString() << true;
        QTest::newRow("the other one's port") << u"localPort0"_s << u"9090"_s << false;
        QTest::newRow("too high") << u"localPort0"_s << u"65536"_s << false;
    }
    void whatCannotBeIsSaid()
    {
        QFETCH(const QString, field);
        QFETCH(const QString, typed);
        QFETCH(const bool, accepted);
        Forward::ForwardSnapshot forward = paperForward(u"api"_s, State::Stopped, 8080);
        forward.spec.ports << Kube::PortArgument{quint16(9090), u"metrics"_s};
        open(forward);
        m_dialog->findChild<QLineEdit *>(field)->setText(typed);
        QCOMPARE(m_dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->isEnabled(), accepted);
        QCOMPARE(m_dialog->findChild<QLabel *>(u"propertiesRemark"_s)->text().isEmpty(), accepted);
    }

    void aRestartIsAnnounced()
    {
        open(paperForward(u"api"_s, State::Running, 8080));
        auto *remark = m_dialog->findChild<QLabel *>(u"propertiesRemark"_s);
        type(u"Another name"_s);
        QVERIFY(remark->text().isEmpty());
        m_dialog->findChild<QLineEdit *>(u"localPort0"_s)->setText(u"1"_s);
        QVERIFY(!remark->text().isEmpty());
    }

    void everyFieldHasAName()
    {
        open(paperForward(u"api"_s, State::Running, 8080));
        for (QWidget *widget : m_dialog->findChildren<QWidget *>()) {
            if (widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) && !qobject_cast<QPushButton *>(widget))
                QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        }
    }

private:
    void open(const Forward::ForwardSnapshot &forward)
    {
        m_dialog = std::make_unique<PropertiesDialog>(forward);
        m_dialog->show();
        m_dialog->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }
    [[nodiscard]] QWidget *field(const QString &name) const { return m_dialog->findChild<QWidget *>(name); }
    static void type(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    static void tab() { QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab); }

    std::unique_ptr<PropertiesDialog> m_dialog;
};

QTEST_MAIN(TestPropertiesDialog)
#include "tst_propertiesdialog.moc"
