#include "app/engine/windowface.h"

#include "ui/mainwindow.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::App::WindowFace)
};

} // namespace

WindowFace::WindowFace(Ui::MainWindow &window, std::function<void(const QString &)> startProfile)
    : m_window(window)
    , m_startProfile(std::move(startProfile))
{
}

void WindowFace::start(const QList<Forward::ForwardId> &ids)
{
    m_window.startForwards(ids);
}

bool WindowFace::show(const QString &activationToken)
{
    // Where Qt's Wayland part looks for it; X11 asks for none.
    if (!activationToken.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", activationToken.toUtf8());
    m_window.present();
    return true;
}

bool WindowFace::startInFront(const Store::Profile &profile, const QString &activationToken)
{
    show(activationToken);
    m_window.startProfile(profile);
    return true;
}

std::optional<QString> WindowFace::saveSession()
{
    return m_window.saveSession();
}

void WindowFace::end(Control::Ending /*why*/)
{
    m_window.quit();
    QCoreApplication::quit(); // a dialog of its own may be open still
}

/// One question at a time: a page that asks again and again gets no further.
bool WindowFace::askToStart(const QString &profile)
{
    show({});
    if (m_question) {
        m_question->raise();
        m_question->activateWindow();
        return true;
    }
    m_question = new QMessageBox(QMessageBox::Question, Text::tr("Start a profile"),
                                 Text::tr("A link asks to start profile \"%1\". Start it?").arg(profile),
                                 QMessageBox::Cancel, &m_window);
    m_question->setTextFormat(Qt::PlainText);
    m_question->setInformativeText(Text::tr("Links can come from any web page. Starting it opens its local ports."));
    const QPushButton *yes = m_question->addButton(Text::tr("Start"), QMessageBox::AcceptRole);
    m_question->setDefaultButton(QMessageBox::Cancel);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(yes, &QPushButton::clicked, m_question, [this, profile] { m_startProfile(profile); });
    m_question->open();
    return true;
}

} // namespace Fairlead::App
