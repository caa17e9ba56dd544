#pragma once

#include "core/forward/forwardspec.h"
#include "core/kube/api/apierror.h"
#include "core/kube/config/kubeconfig.h"
#include "core/kube/objects/objects.h"
#include "core/kube/objects/service.h"
#include "ui/forwards/freeport.h"
#include "ui/theme.h"

#include <QWidget>

#include <optional>

class QLayout;
class QLineEdit;
class QStackedWidget;
class QTabBar;
class QTimer;

namespace Fairlead::Ui {

class CommandLine;
class ContextBar;
class ContextMarks;
class FollowBox;
class InlineMessage;
class ListenBox;
class PodsPane;
class PortsPane;
class PrimaryButton;
class ServicesPane;

/// The picker without anything behind it: it shows what it is told and says what the user wants. Its data slots are
/// made for the signals of Kube::ClusterBrowser; PickerDialog connects the two.
class PickerForm final : public QWidget
{
    Q_OBJECT

public:
    explicit PickerForm(QWidget *parent = nullptr);

    void setContexts(const QList<Kube::ContextSummary> &contexts, const Kube::ContextRef &current);
    /// Must outlive the form.
    void setMarks(const ContextMarks &marks);
    /// Which local ports may be offered; without it all.
    void setPortTest(const PortTest &isFree);
    [[nodiscard]] Kube::ContextRef context() const;
    [[nodiscard]] QString namespaceName() const;
    /// There is no context at all.
    void showNoContexts(const QStringList &problems);
    /// About something that the user did here, such as adding a file; empty: no more.
    void showNotice(Tone tone, const QString &text);
    /// The chosen context cannot be used, in sentences.
    void showUnusable(const QStringList &sentences);
    /// A context is being looked into, beginning with this namespace (empty: all). `known` are namespaces to offer
    /// where the server lists none.
    void start(const QString &namespaceName, const QStringList &known);
    /// Services are on show, so they have to be listed.
    [[nodiscard]] bool showsServices() const;

public slots:
    void takeNamespaces(const QList<Fairlead::Kube::NamespaceRow> &namespaces, bool complete);
    void namespacesAreProjects();
    void namespacesFailed(const Fairlead::Kube::ApiError &error);
    void podsReset();
    void takePods(const QList<Fairlead::Kube::PodRow> &rows, const QStringList &removed);
    void podsProgress(int loaded, int expected, bool complete);
    void podsFailed(const Fairlead::Kube::ApiError &error, int retryInMs);
    void takePodDetails(const Fairlead::Kube::PodInfo &pod);
    void takePodOwner(const QString &namespaceName, const QString &pod, const Fairlead::Kube::TargetRef &owner);
    void servicesReset();
    void takeServices(const QList<Fairlead::Kube::ServiceInfo> &services);
    void servicesFailed(const Fairlead::Kube::ApiError &error, int retryInMs);
    void podDetailsFailed(const QString &namespaceName, const QString &pod, const Fairlead::Kube::ApiError &error);

signals:
    void contextChosen(const Fairlead::Kube::ContextRef &context);
    void namespaceChosen(const QString &namespaceName, bool typed);
    void podWanted(const QString &namespaceName, const QString &pod);
    /// The user turned to the services; they are to be listed from now on.
    void servicesWanted();
    void retryRequested();
    void signInRequested();
    void addKubeconfigRequested();
    void forwardRequested(const Fairlead::Forward::ForwardSpec &spec);
    void cancelled();

private:
    void layOut();
    [[nodiscard]] QLayout *makeTopRow();
    [[nodiscard]] QWidget *makePanes();
    [[nodiscard]] QLayout *makeOptionsRow();
    [[nodiscard]] QLayout *makeBottomRow();
    void connectParts();
    void clearMessages();
    void complain(InlineMessage &message, Tone tone, const QString &text, const Kube::ApiError &error);
    void turnTo(int page);
    void podSelected();
    void serviceSelected();
    void askForPod();
    void wantForward();
    void wantOptions();
    void forwardNow();
    void updateCommand();
    [[nodiscard]] bool isSelected(const QString &namespaceName, const QString &pod) const;
    [[nodiscard]] Forward::ForwardSpec spec() const;
    void fillTarget(Forward::ForwardSpec &spec) const;

    /// What to do as soon as the selected pod's ports are known.
    enum class Pending { Nothing, Forward, Options };

    ContextBar *m_where;
    InlineMessage *m_namespacesMessage;
    InlineMessage *m_podsMessage;
    InlineMessage *m_notice;
    QTabBar *m_tabs;
    QStackedWidget *m_filters; ///< the filter field of the list on show
    QStackedWidget *m_lists;
    PodsPane *m_pods;
    ServicesPane *m_services;
    PortsPane *m_ports;
    FollowBox *m_follow;
    ListenBox *m_listen;
    QLineEdit *m_name;
    CommandLine *m_command;
    PrimaryButton *m_forward;
    QTimer *m_askSoon;
    QStringList m_knownNamespaces;
    std::optional<Kube::PodInfo> m_known; ///< the selected pod, once it was read
    QString m_selectedKey; ///< of a pod, "namespace/name"
    Pending m_pending = Pending::Nothing;
    bool m_wantsSignIn = false; ///< that is what the messages' button is for
    bool m_servicesAsked = false; ///< those of this namespace are listed already
};

} // namespace Fairlead::Ui
