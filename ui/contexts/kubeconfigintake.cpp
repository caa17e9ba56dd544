#include "ui/contexts/kubeconfigintake.h"

#include "ui/contexts/pastedialog.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
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

// A kubeconfig says what it is near its beginning, certificates aside.
constexpr qint64 LookedAt = 256 * 1024;

bool isStrange(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && !looksLikeKubeconfig(QString::fromUtf8(file.read(LookedAt)));
}

} // namespace

bool looksLikeForwards(const QString &text)
{
    const QString start = text.trimmed().left(1);
    return text.contains("port-forward"_L1) || text.contains("fairleadProfile"_L1) || start == "{"_L1
        || start == "["_L1;
}

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

/// Files are looked into only when they are dropped; who drags something else over the window sees no sign.
bool KubeconfigIntake::canTake(const QMimeData &data) const
{
    if (!localFiles(data).isEmpty())
        return true;
    return data.hasText() && (looksLikeKubeconfig(data.text()) || (m_passesOn && looksLikeForwards(data.text())));
}

void KubeconfigIntake::takeDrop(const QMimeData &data)
{
    const QStringList files = localFiles(data);
    for (const QString &path : files) {
        if (m_passesOn && isStrange(path))
            emit strangeFile(path);
        else
            takeFiles({path});
    }
    if (!files.isEmpty())
        return;
    if (m_passesOn && !looksLikeKubeconfig(data.text()))
        emit strangeText(data.text());
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
