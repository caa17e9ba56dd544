#include "ui/contexts/kubeconfigintake.h"

#include "ui/contexts/pastedialog.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

QStringList localFiles(const QMimeData &data)
{
    QStringList files;
    const QList<QUrl> urls = data.urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    return files;
}

/// Files are looked into only when they are dropped; who drags something else over the window sees no sign.
bool canTake(const QMimeData &data)
{
    return !localFiles(data).isEmpty() || (data.hasText() && looksLikeKubeconfig(data.text()));
}

} // namespace

KubeconfigIntake::KubeconfigIntake(Kube::ContextStore &contexts, Store::Settings &settings, QWidget &window)
    : QObject(&window)
    , m_desk(contexts, settings)
    , m_window(window)
{
    window.setAcceptDrops(true);
    window.installEventFilter(this);
}

void KubeconfigIntake::chooseFile()
{
    auto *dialog = new QFileDialog(&m_window, tr("Add kubeconfig"), QDir::homePath() + u"/.kube"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    // kubeconfig files live in hidden folders and have any name.
    dialog->setFilter(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    connect(dialog, &QFileDialog::filesSelected, this, &KubeconfigIntake::takeFiles);
    dialog->open();
}

void KubeconfigIntake::pasteText()
{
    auto *dialog = new PasteDialog(m_desk, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PasteDialog::taken, this, &KubeconfigIntake::taken);
    dialog->open();
}

void KubeconfigIntake::takeFiles(const QStringList &paths)
{
    for (const QString &path : paths)
        report(m_desk.addFile(path));
}

void KubeconfigIntake::takeDrop(const QMimeData &data)
{
    if (const QStringList files = localFiles(data); !files.isEmpty())
        takeFiles(files);
    else
        report(m_desk.addText(data.text().toUtf8()));
}

void KubeconfigIntake::report(const KubeconfigDesk::Outcome &outcome)
{
    if (outcome)
        emit taken(*outcome);
    else
        emit refused(outcome.error());
}

bool KubeconfigIntake::eventFilter(QObject *watched, QEvent *event)
{
    const bool drag = event->type() == QEvent::DragEnter || event->type() == QEvent::Drop;
    if (watched != &m_window || !drag)
        return QObject::eventFilter(watched, event);
    auto *drop = static_cast<QDropEvent *>(event); // a QDragEnterEvent is one too
    if (!canTake(*drop->mimeData()))
        return false;
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (event->type() == QEvent::Drop)
        takeDrop(*drop->mimeData());
    return true;
}

QString takenText(const QList<Kube::ContextRef> &contexts)
{
    constexpr qsizetype MaxNames = 3;
    QStringList names;
    for (const Kube::ContextRef &context : contexts.first(qMin(contexts.size(), MaxNames)))
        names << Kube::contextLabel(context);
    if (contexts.size() > MaxNames)
        names << u"…"_s;
    //: %1 is a list of names of contexts.
    return KubeconfigIntake::tr("Added %n context(s): %1", nullptr, int(contexts.size())).arg(names.join(u", "_s));
}

} // namespace Fairlead::Ui
