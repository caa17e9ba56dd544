#pragma once

#include "core/kube/config/contextref.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;

namespace Fairlead::Ui {

class KubeconfigDesk;

/// Takes the text of a kubeconfig, for those who got one in a mail or a chat. What is wrong with it is said below the
/// text, with line and column; it closes when the text was taken in.
class PasteDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Begins with what the clipboard holds, if that looks like a kubeconfig.
    explicit PasteDialog(KubeconfigDesk &desk, QWidget *parent = nullptr);

signals:
    /// These contexts have come in.
    void taken(const QList<Fairlead::Kube::ContextRef> &contexts);

private:
    void add();
    void complain(const QString &text);

    KubeconfigDesk &m_desk;
    QPlainTextEdit *m_text;
    QLabel *m_problem;
};

/// A guess that saves a click; the desk decides.
[[nodiscard]] bool looksLikeKubeconfig(const QString &text);

} // namespace Fairlead::Ui
