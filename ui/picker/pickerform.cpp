#include "ui/picker/pickerform.h"

#include "ui/picker/commandline.h"
#include "ui/picker/contextbar.h"
#include "ui/picker/followbox.h"
#include "ui/picker/listenbox.h"
#include "ui/picker/podspane.h"
#include "ui/picker/portspane.h"
#include "ui/picker/servicespane.h"
#include "ui/primarybutton.h"
#include "ui/widgets/inlinemessage.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

namespace {

/// What people call a pod: "grafana" rather than "grafana-6f7c9d5b4-8mlhs". A ReplicaSet carries a hash of its own.
QString shortNameOf(const Kube::PodInfo &pod)
{
    const QString kind = pod.owner.section(u'/', 0, 0);
    const QString owner = pod.owner.section(u'/', 1);
    const QString name = kind == "ReplicaSet"_L1 ? owner.section(u'-', 0, -2) : owner;
    return !name.isEmpty() && pod.name.startsWith(name + u'-') ? name : pod.name;
}

/// Long enough that holding Down asks for no pod on the way, short enough not to be felt.
constexpr int kAskDelayMs = 120;
constexpr int kMargin = 14;
constexpr int kGap = 10;

enum Page { PodsPage, ServicesPage };

QLabel *labelFor(const QString &text, QWidget *buddy, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setBuddy(buddy);
    return label;
}

/// The server's own words, and what would help.
QString detailOf(const Kube::ApiError &error)
{
    return error.detail.isEmpty() || error.advice.isEmpty() ? error.detail + error.advice
                                                            : error.detail + u'\n' + error.advice;
}

} // namespace

PickerForm::PickerForm(QWidget *parent)
    : QWidget(parent)
    , m_where(new ContextBar(this))
    , m_namespacesMessage(new InlineMessage(this))
    , m_podsMessage(new InlineMessage(this))
    , m_notice(new InlineMessage(this))
    , m_tabs(new QTabBar(this))
    , m_filters(new QStackedWidget(this))
    , m_lists(new QStackedWidget(this))
    , m_pods(new PodsPane(this))
    , m_services(new ServicesPane(this))
    , m_ports(new PortsPane(this))
    , m_follow(new FollowBox(this))
    , m_listen(new ListenBox(this))
    , m_name(new QLineEdit(this))
    , m_command(new CommandLine(this))
    , m_forward(new PrimaryButton(tr("Forward"), this))
    , m_askSoon(new QTimer(this))
{
    m_name->setObjectName(u"name"_s);
    m_namespacesMessage->setObjectName(u"namespacesMessage"_s);
    m_podsMessage->setObjectName(u"podsMessage"_s);
    m_notice->setObjectName(u"notice"_s);
    m_forward->setObjectName(u"forward"_s);
    m_forward->setDefault(true);
    m_askSoon->setSingleShot(true);
    m_askSoon->setInterval(kAskDelayMs);
    layOut();
    connectParts();
    updateCommand();
    m_pods->filterField()->setFocus();
}

void PickerForm::layOut()
{
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    lines->setSpacing(kGap);
    lines->addLayout(makeTopRow());
    lines->addWidget(m_notice);
    lines->addWidget(m_namespacesMessage);
    lines->addWidget(m_podsMessage);
    lines->addWidget(makePanes(), 1);
    lines->addLayout(makeOptionsRow());
    lines->addLayout(makeBottomRow());
    // Fields in a row with combo boxes are as tall as those.
    for (QLineEdit *field : {m_name, m_pods->filterField(), m_services->filterField()})
        field->setMinimumHeight(m_listen->field()->sizeHint().height());
}

QLayout *PickerForm::makeTopRow()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(kGap);
    row->addWidget(m_where);
    row->addWidget(m_filters, 1);
    row->addWidget(m_pods->progressLine());
    m_filters->addWidget(m_pods->filterField());
    m_filters->addWidget(m_services->filterField());
    m_filters->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    return row;
}

/// The lists of what can be forwarded, and beside them the ports of what is chosen.
QWidget *PickerForm::makePanes()
{
    m_tabs->setObjectName(u"kinds"_s);
    m_tabs->setAccessibleName(tr("What to forward"));
    m_tabs->addTab(tr("&Pods"));
    m_tabs->addTab(tr("&Services"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_lists->addWidget(m_pods);
    m_lists->addWidget(m_services);
    auto *left = new QWidget(this);
    auto *leftLines = new QVBoxLayout(left);
    leftLines->setContentsMargins({});
    leftLines->setSpacing(0);
    leftLines->addWidget(m_tabs);
    leftLines->addWidget(m_lists, 1);

    constexpr int ListsShare = 8;
    constexpr int PortsShare = 5;
    auto *panes = new QSplitter(this);
    panes->setObjectName(u"pickerPanes"_s);
    panes->addWidget(left);
    panes->addWidget(m_ports);
    panes->setStretchFactor(0, ListsShare);
    panes->setStretchFactor(1, PortsShare);
    panes->setChildrenCollapsible(false);
    panes->setHandleWidth(kMargin);
    return panes;
}

QLayout *PickerForm::makeOptionsRow()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(kGap);
    row->addWidget(labelFor(tr("Lead &to"), m_follow->field(), this));
    row->addWidget(m_follow);
    row->addWidget(labelFor(tr("&Listen on"), m_listen->field(), this));
    row->addWidget(m_listen);
    row->addWidget(labelFor(tr("Na&me"), m_name, this));
    row->addWidget(m_name, 1);
    return row;
}

QLayout *PickerForm::makeBottomRow()
{
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(u"cancel"_s);
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &PickerForm::cancelled);
    auto *row = new QHBoxLayout;
    row->setSpacing(kGap);
    row->addWidget(m_command, 1);
    row->addWidget(cancel);
    row->addWidget(m_forward);
    return row;
}

void PickerForm::connectParts()
{
    connect(m_where, &ContextBar::contextChosen, this, &PickerForm::contextChosen);
    connect(m_where, &ContextBar::namespaceChosen, this, &PickerForm::namespaceChosen);
    connect(m_where, &ContextBar::finished, this, [this] { m_filters->currentWidget()->setFocus(); });
    connect(m_tabs, &QTabBar::currentChanged, this, &PickerForm::turnTo);
    connect(m_services, &ServicesPane::currentChanged, this, &PickerForm::serviceSelected);
    connect(m_services, &ServicesPane::forwardWanted, this, &PickerForm::wantForward);
    connect(m_services, &ServicesPane::optionsWanted, m_ports, &PortsPane::focusPorts);
    for (const InlineMessage *message : {m_namespacesMessage, m_podsMessage})
        connect(message, &InlineMessage::actionTriggered, this,
                [this] { m_wantsSignIn ? emit signInRequested() : emit retryRequested(); });
    connect(m_pods, &PodsPane::currentChanged, this, &PickerForm::podSelected);
    connect(m_pods, &PodsPane::forwardWanted, this, &PickerForm::wantForward);
    connect(m_pods, &PodsPane::optionsWanted, this, &PickerForm::wantOptions);
    connect(m_pods, &PodsPane::actionTriggered, this, &PickerForm::addKubeconfigRequested);
    connect(m_ports, &PortsPane::chosenChanged, this, &PickerForm::updateCommand);
    connect(m_ports, &PortsPane::forwardWanted, this, &PickerForm::wantForward);
    connect(m_follow, &FollowBox::changed, this, &PickerForm::updateCommand);
    connect(m_listen, &ListenBox::changed, this, &PickerForm::updateCommand);
    connect(m_name, &QLineEdit::textChanged, this, &PickerForm::updateCommand);
    connect(m_forward, &QPushButton::clicked, this, &PickerForm::wantForward);
    connect(m_askSoon, &QTimer::timeout, this, &PickerForm::askForPod);
}

void PickerForm::setContexts(const QList<Kube::ContextSummary> &contexts, const Kube::ContextRef &current)
{
    m_where->setContexts(contexts, current);
}

void PickerForm::setPortTest(const PortTest &isFree)
{
    m_ports->setPortTest(isFree);
}

void PickerForm::setMarks(const ContextMarks &marks)
{
    m_where->setMarks(marks);
}

Kube::ContextRef PickerForm::context() const
{
    return m_where->context();
}

QString PickerForm::namespaceName() const
{
    return m_where->namespaceName();
}

void PickerForm::showNoContexts(const QStringList &problems)
{
    clearMessages();
    if (!problems.isEmpty())
        m_podsMessage->say(Tone::Bad, problems.join(u'\n'));
    m_pods->showNothing(u"empty-clusters"_s, tr("No clusters found"),
                        tr("Fairlead looked in KUBECONFIG and in ~/.kube/config."), tr("Add kubeconfig…"));
}

void PickerForm::clearMessages()
{
    m_namespacesMessage->clear();
    m_podsMessage->clear();
}

/// With the button that helps against it.
void PickerForm::complain(InlineMessage &message, Tone tone, const QString &text, const Kube::ApiError &error)
{
    using Kind = Kube::ApiError::Kind;
    m_wantsSignIn = error.kind == Kind::SignInNeeded || error.kind == Kind::Unauthorized;
    message.say(tone, text, detailOf(error), m_wantsSignIn ? tr("Sign in…") : tr("Retry"));
}

void PickerForm::showNotice(Tone tone, const QString &text)
{
    if (text.isEmpty())
        m_notice->clear();
    else
        m_notice->say(tone, text);
}

void PickerForm::showUnusable(const QStringList &sentences)
{
    clearMessages();
    m_where->startNamespaces({});
    m_pods->showNothing(u"empty-clusters"_s, tr("This context cannot be used"), sentences.join(u'\n'), {});
}

void PickerForm::start(const QString &namespaceName, const QStringList &known)
{
    m_knownNamespaces = known;
    clearMessages();
    m_where->startNamespaces(namespaceName);
    podsReset();
}

void PickerForm::takeNamespaces(const QList<Kube::NamespaceRow> &namespaces, bool)
{
    m_where->setNamespaces(namespaces);
}

void PickerForm::namespacesAreProjects()
{
    m_where->setProjects();
}

void PickerForm::namespacesFailed(const Kube::ApiError &error)
{
    m_where->setTypedNamespaces(m_knownNamespaces);
    if (error.kind == Kube::ApiError::Kind::Forbidden)
        m_namespacesMessage->say(
            Tone::Warning, tr("You may list neither namespaces nor projects here: type the name of a namespace."));
    else if (error.kind != Kube::ApiError::Kind::Cancelled && m_podsMessage->isHidden())
        complain(*m_namespacesMessage, Tone::Bad, error.message, error);
}

void PickerForm::podsReset()
{
    m_pods->start(m_where->namespaceName());
    m_servicesAsked = showsServices();
    podSelected();
}

void PickerForm::takePods(const QList<Kube::PodRow> &rows, const QStringList &removed)
{
    m_pods->merge(rows, removed);
}

void PickerForm::podsProgress(int loaded, int expected, bool complete)
{
    m_pods->setProgress(loaded, expected, complete);
    if (loaded > 0 || complete)
        m_podsMessage->clear();
}

void PickerForm::podsFailed(const Kube::ApiError &error, int retryInMs)
{
    if (error.kind == Kube::ApiError::Kind::Cancelled)
        return;
    const QString text =
        retryInMs < 0 ? error.message : tr("%1 Fairlead keeps trying.", "a sentence").arg(error.message);
    complain(*m_podsMessage, retryInMs < 0 ? Tone::Bad : Tone::Warning, text, error);
    if (error.kind != Kube::ApiError::Kind::Forbidden)
        m_namespacesMessage->clear(); // the same trouble, said once
    if (m_pods->pods().rowCount() == 0)
        m_pods->showNothing(u"empty-pods"_s, tr("The pods could not be listed"), {}, {});
}

bool PickerForm::isSelected(const QString &namespaceName, const QString &pod) const
{
    return m_selectedKey == namespaceName + u'/' + pod;
}

bool PickerForm::showsServices() const
{
    return m_tabs->currentIndex() == ServicesPage;
}

void PickerForm::turnTo(int page)
{
    m_filters->setCurrentIndex(page);
    m_lists->setCurrentIndex(page);
    m_pods->progressLine()->setVisible(page == PodsPage);
    m_filters->currentWidget()->setFocus();
    m_pending = Pending::Nothing;
    m_ports->showNoPod(); // nothing that was ticked there is meant for another kind of target
    if (page == ServicesPage) {
        serviceSelected();
        if (!std::exchange(m_servicesAsked, true))
            emit servicesWanted();
    } else {
        m_selectedKey.clear();
        podSelected();
    }
}

void PickerForm::servicesReset()
{
    m_services->start(m_where->namespaceName());
}

void PickerForm::takeServices(const QList<Kube::ServiceInfo> &services)
{
    m_services->setServices(services);
    if (showsServices())
        m_podsMessage->clear();
}

void PickerForm::servicesFailed(const Kube::ApiError &error, int)
{
    if (error.kind != Kube::ApiError::Kind::Cancelled)
        m_services->showFailure(tr("The services could not be listed"),
                                detailOf(error).isEmpty() ? error.message : error.message + u'\n' + detailOf(error));
}

void PickerForm::serviceSelected()
{
    if (!showsServices())
        return;
    const Kube::ServiceInfo *service = m_services->currentService();
    m_name->setPlaceholderText(service ? service->name : QString());
    if (service) {
        m_follow->setService(service->name);
        m_ports->showService(*service);
    } else {
        m_follow->clear();
        m_ports->showNoService();
    }
    updateCommand();
}

void PickerForm::podSelected()
{
    if (showsServices())
        return;
    const Kube::PodRow *row = m_pods->currentPod();
    const QString key = row ? row->namespaceName + u'/' + row->name : QString();
    if (key == m_selectedKey)
        return;
    m_selectedKey = key;
    m_known.reset();
    m_pending = Pending::Nothing;
    m_name->setPlaceholderText(row ? row->name : QString());
    m_follow->setPod(row ? row->name : QString(), std::nullopt);
    if (row) {
        m_ports->showLoading(row->name, row->status);
        m_askSoon->start();
    } else {
        m_ports->showNoPod();
        m_askSoon->stop();
    }
    updateCommand();
}

void PickerForm::askForPod()
{
    m_askSoon->stop();
    if (const Kube::PodRow *row = m_pods->currentPod())
        emit podWanted(row->namespaceName, row->name);
}

void PickerForm::takePodDetails(const Kube::PodInfo &pod)
{
    if (showsServices() || !isSelected(pod.namespaceName, pod.name))
        return;
    m_known = pod;
    m_name->setPlaceholderText(shortNameOf(pod));
    m_follow->setPod(pod.name, pod.ownerTarget);
    m_ports->showPod(pod);
    updateCommand();
    switch (std::exchange(m_pending, Pending::Nothing)) {
    case Pending::Forward:
        forwardNow();
        break;
    case Pending::Options:
        m_ports->focusPorts();
        break;
    case Pending::Nothing:
        break;
    }
}

/// The server knows better than the pod what that belongs to; what the user has chosen meanwhile stays chosen.
void PickerForm::takePodOwner(const QString &namespaceName, const QString &pod, const Kube::TargetRef &owner)
{
    if (!showsServices() && isSelected(namespaceName, pod))
        m_follow->setOwner(owner);
}

void PickerForm::podDetailsFailed(const QString &namespaceName, const QString &pod, const Kube::ApiError &error)
{
    if (showsServices() || !isSelected(namespaceName, pod) || error.kind == Kube::ApiError::Kind::Cancelled)
        return;
    Kube::PodInfo known;
    known.namespaceName = namespaceName;
    known.name = pod;
    m_known = known;
    m_pending = Pending::Nothing;
    m_ports->showFailure(known, error);
    updateCommand();
}

void PickerForm::wantForward()
{
    if (spec().target.name.isEmpty())
        return;
    if (m_known || showsServices()) {
        forwardNow();
        return;
    }
    m_pending = Pending::Forward;
    if (m_askSoon->isActive())
        askForPod();
}

void PickerForm::wantOptions()
{
    if (m_selectedKey.isEmpty())
        return;
    if (m_known) {
        m_ports->focusPorts();
        return;
    }
    m_pending = Pending::Options;
    if (m_askSoon->isActive())
        askForPod();
}

void PickerForm::forwardNow()
{
    if (!m_ports->takeTypedPort())
        return;
    const Forward::ForwardSpec wanted = spec();
    if (wanted.ports.isEmpty()) {
        m_ports->focusPorts();
        return;
    }
    if (!wanted.addresses.isEmpty())
        emit forwardRequested(wanted);
}

Forward::ForwardSpec PickerForm::spec() const
{
    Forward::ForwardSpec spec;
    const QString typedName = m_name->text().trimmed();
    spec.name = typedName.isEmpty() ? m_name->placeholderText() : typedName;
    spec.context = m_where->context().name;
    spec.kubeconfig = m_where->context().kubeconfig;
    fillTarget(spec);
    spec.ports = m_ports->chosen();
    spec.addresses = m_listen->addresses();
    return spec;
}

void PickerForm::fillTarget(Forward::ForwardSpec &spec) const
{
    if (showsServices()) {
        const Kube::ServiceInfo *service = m_services->currentService();
        if (!service || !problemOf(*service).isEmpty())
            return;
        spec.namespaceName = service->namespaceName;
    } else {
        const Kube::PodRow *pod = m_pods->currentPod();
        if (!pod)
            return;
        spec.namespaceName = pod->namespaceName;
    }
    m_follow->apply(spec);
}

void PickerForm::updateCommand()
{
    const Forward::ForwardSpec wanted = spec();
    const bool complete = !wanted.target.name.isEmpty() && !wanted.ports.isEmpty() && !wanted.addresses.isEmpty();
    m_command->show(complete ? std::optional(wanted) : std::nullopt);
    // While the ports are still being read, Forward waits for them by itself.
    const bool waitsForPorts = !wanted.target.name.isEmpty() && !m_known && !showsServices();
    m_forward->setEnabled(!wanted.addresses.isEmpty() && !wanted.target.name.isEmpty()
                          && (waitsForPorts || !wanted.ports.isEmpty() || m_ports->hasTypedPort()));
}

} // namespace Fairlead::Ui
