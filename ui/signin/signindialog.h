#pragma once

#include "core/kube/config/contextref.h"
#include "core/kube/signin/attendedsignin.h"
#include "ui/signin/terminaltext.h"

#include <QDialog>

#include <memory>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTimer;
class QVBoxLayout;

namespace Fairlead::Kube {
class ContextStore;
}

namespace Fairlead::Ui {

class CopyLine;
class InlineMessage;

/// "Sign in…" for one context: runs its sign-in plugin or provider at once and shows what the plugin says, takes
/// answers for it, and says how it ended. Where `oc login` or a change of the kubeconfig is what helps, it says that
/// instead, with the command to copy. What the plugin prints as credentials is never shown.
class SignInDialog final : public QDialog
{
    Q_OBJECT

public:
    SignInDialog(const Kube::ContextStore &contexts, const Kube::ContextRef &context, QWidget *parent = nullptr);
    ~SignInDialog() override;

    [[nodiscard]] Kube::ContextRef context() const { return m_context; }

signals:
    /// There are other credentials now than before: what uses the context can go on.
    void signedIn(const Fairlead::Kube::ContextRef &context);
    /// The user wants what uses the context to be tried again as it is.
    void retryRequested(const Fairlead::Kube::ContextRef &context);

private:
    void layOut();
    void connectParts();
    [[nodiscard]] QWidget *outputPart();
    [[nodiscard]] QWidget *answerPart();
    void refresh();
    void growToFit();
    void takeKubeconfig();
    void describe();
    void run();
    void tryAgain();
    void send();
    void showOutput();
    void conclude(const std::optional<Kube::SignInFailure> &failure, const std::optional<QDateTime> &expires);
    void showCommand(const QString &introduction, const QString &command);

    const Kube::ContextStore &m_contexts;
    const Kube::ContextRef m_context;
    std::optional<Kube::ConnectionConfig> m_config; ///< as it was when the dialog looked last
    std::unique_ptr<Kube::AttendedSignIn> m_signIn; ///< nothing: the context cannot be used at all
    TerminalText m_text;
    QTimer *m_showSoon;
    QLabel *m_who;
    QLabel *m_what;
    InlineMessage *m_outcome;
    QWidget *m_outputPart = nullptr;
    QPlainTextEdit *m_output;
    QPushButton *m_link;
    QWidget *m_answerPart = nullptr;
    QLineEdit *m_answer;
    QCheckBox *m_hidden;
    QPushButton *m_send;
    QLabel *m_commandIntroduction;
    CopyLine *m_command;
    QPushButton *m_again;
    QPushButton *m_close;
    bool m_asksForSecret = false;
};

} // namespace Fairlead::Ui
