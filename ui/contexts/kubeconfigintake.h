#pragma once

#include "ui/contexts/kubeconfigdesk.h"

#include <QObject>

class QMimeData;
class QWidget;

namespace Fairlead::Ui {

/// The ways by which people bring a kubeconfig to a window: a file dialog, pasted text, and dropping files or text onto
/// it. Says what came of it; the window shows that.
class KubeconfigIntake final : public QObject
{
    Q_OBJECT

public:
    /// Watches `window` for drops.
    KubeconfigIntake(Kube::ContextStore &contexts, Store::Settings &settings, QWidget &window);

    [[nodiscard]] KubeconfigDesk &desk() { return m_desk; }
    void chooseFile();
    void pasteText();

    /// From now on, files and texts that do not look like a kubeconfig go to strangeFile() and strangeText().
    void passOnOthers() { m_passesOn = true; }

signals:
    void strangeFile(const QString &path);
    void strangeText(const QString &text);
    /// At least one context came in.
    void taken(const QList<Fairlead::Kube::ContextRef> &contexts);
    void refused(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void takeFiles(const QStringList &paths);
    void takeDrop(const QMimeData &data);
    void report(const KubeconfigDesk::Outcome &outcome);

    [[nodiscard]] bool canTake(const QMimeData &data) const;

    KubeconfigDesk m_desk;
    bool m_passesOn = false;
    QWidget &m_window;
};

/// "Added 2 contexts: lab (lab.yaml), …"
[[nodiscard]] QString takenText(const QList<Kube::ContextRef> &contexts);

/// Whether a text may hold forwards of other tools: lines of commands, JSON, a profile. For a first glance only.
[[nodiscard]] bool looksLikeForwards(const QString &text);

} // namespace Fairlead::Ui
