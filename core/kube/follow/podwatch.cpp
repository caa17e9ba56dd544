#include "core/kube/follow/podwatch.h"

#include "core/kube/api/apiclientpool.h"
#include "core/kube/api/objectfollower.h"
#include "core/kube/api/throttle.h"
#include "core/kube/follow/ownersearch.h"
#include "core/kube/follow/selectedpods.h"
#include "core/kube/follow/targetobject.h"
#include "core/kube/objects/podparser.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

/// A rollout of many pods is many events; whoever forwards needs the outcome.
constexpr int TellMs = 100;

} // namespace

/// One run, from start() to stop(): its parts and what they said last.
class PodWatch::Private final : public QObject
{
public:
    Private(PodWatch *watch, const ListTiming &timing, const ConnectionConfig &config, QString namespaceName,
            TargetRef target);

    void run(const std::shared_ptr<ApiClient> &client);
    void refresh();
    /// Says nothing any more.
    void stop();
    [[nodiscard]] bool networkFailed() const { return m_networkFailed; }

private:
    void followObject();
    void followPods();
    void takeObject(const QJsonObject &object);
    void takePod(const PodInfo &pod);
    void takeSelector(const QJsonObject &object);
    void readAgainIfLost();
    void takeMissing(const ApiError &error);
    void takeObjectFailure(const ApiError &error);
    void takePods();
    void takePodsFailure(const ApiError &error);
    void lookForOwner(const PodInfo &pod);
    void giveUp(const ApiError &error);
    void known();
    void tell();
    [[nodiscard]] bool isPod() const { return m_target.kind == TargetRef::Kind::Pod; }

    PodWatch *m_watch;
    ListTiming m_timing;
    ConnectionConfig m_config;
    QString m_namespaceName;
    TargetRef m_target;
    std::shared_ptr<ApiClient> m_client; ///< outlives what follows
    std::unique_ptr<ObjectFollower> m_object; ///< none for a selector
    std::unique_ptr<SelectedPods> m_pods; ///< once the selector is known
    std::unique_ptr<QObject> m_ownerQuestion;
    QString m_ownerAsked; ///< the controller that it is about
    Throttle m_throttle;
    QTimer m_again; ///< to read an object that is not watched while it has no pods

    TargetPods m_state;
    std::optional<TargetPods> m_told;
    bool m_known = false; ///< all parts have spoken
    bool m_over = false;
    bool m_networkFailed = false;
    bool m_objectLive = true;
    bool m_podsLive = true;
    std::optional<ApiError> m_objectTrouble;
    std::optional<ApiError> m_podsTrouble;
};

PodWatch::Private::Private(PodWatch *watch, const ListTiming &timing, const ConnectionConfig &config,
                           QString namespaceName, TargetRef target)
    : m_watch(watch)
    , m_timing(timing)
    , m_config(config)
    , m_namespaceName(std::move(namespaceName))
    , m_target(std::move(target))
    , m_throttle(qMin(TellMs, timing.deliverMs), this)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, [this] { m_object->start(m_client); });
    connect(&m_throttle, &Throttle::due, this, &Private::tell);
}

void PodWatch::Private::run(const std::shared_ptr<ApiClient> &client)
{
    m_client = client;
    if (m_target.kind == TargetRef::Kind::Selector) {
        followPods();
        m_pods->start(m_client, m_target.name);
    } else {
        followObject();
        m_object->start(m_client);
    }
}

void PodWatch::Private::followObject()
{
    ObjectFollower::Target target;
    target.collection = collectionPath(m_config, m_target.kind, m_namespaceName);
    target.namespaceName = m_namespaceName;
    target.name = m_target.name;
    target.kind = apiKind(m_target.kind);
    target.resource = qualifiedResource(m_target.kind);
    target.watched = isChangeable(m_target.kind);
    m_object = std::make_unique<ObjectFollower>(target, m_timing, nullptr);
    connect(m_object.get(), &ObjectFollower::found, this, &Private::takeObject);
    connect(m_object.get(), &ObjectFollower::missing, this, &Private::takeMissing);
    connect(m_object.get(), &ObjectFollower::failed, this, &Private::takeObjectFailure);
    connect(m_object.get(), &ObjectFollower::liveChanged, this, [this](bool live) {
        m_objectLive = live;
        if (live)
            m_objectTrouble.reset();
        m_throttle.request();
    });
}

void PodWatch::Private::followPods()
{
    m_pods = std::make_unique<SelectedPods>(m_namespaceName, m_timing, nullptr);
    connect(m_pods.get(), &SelectedPods::changed, this, &Private::takePods);
    connect(m_pods.get(), &SelectedPods::failed, this, &Private::takePodsFailure);
    connect(m_pods.get(), &SelectedPods::liveChanged, this, [this](bool live) {
        m_podsLive = live;
        if (live)
            m_podsTrouble.reset();
        m_throttle.request();
    });
}

/// Connections from before the reason for looking may be dead, so they are not used again.
void PodWatch::Private::refresh()
{
    if (m_over)
        return;
    m_client = freshApiClient(m_config);
    if (m_object)
        m_object->start(m_client);
    if (m_pods && !m_pods->selector().isEmpty())
        m_pods->start(m_client, m_pods->selector());
}

void PodWatch::Private::takeObject(const QJsonObject &object)
{
    m_objectTrouble.reset();
    if (!isChangeable(m_target.kind))
        m_objectLive = true;
    if (isPod())
        takePod(podInfoFrom(object));
    else
        takeSelector(object);
}

void PodWatch::Private::takePod(const PodInfo &pod)
{
    m_state.unchecked = false;
    m_state.pods = {pod};
    lookForOwner(pod);
    known();
}

void PodWatch::Private::takeSelector(const QJsonObject &object)
{
    const auto selector = podSelectorOf(m_target, object);
    if (!selector) {
        if (!m_known) {
            giveUp(selector.error());
            return;
        }
        // It had one before. kubectl's choice stands as well, once it is made.
        m_objectTrouble = selector.error();
    } else {
        if (!m_pods)
            followPods();
        if (m_pods->selector() != *selector)
            m_pods->start(m_client, *selector);
    }
    if (m_target.kind == TargetRef::Kind::Service)
        m_state.service = serviceInfoFrom(object);
    readAgainIfLost();
    m_throttle.request();
}

/// An object that is not watched may have been replaced by one with another selector, which the pods of the former one
/// would never tell.
void PodWatch::Private::readAgainIfLost()
{
    const bool isUnwatched = m_object && !isChangeable(m_target.kind);
    if (isUnwatched && m_known && (m_state.pods.isEmpty() || m_objectTrouble))
        m_again.start(m_timing.pollMs);
    else
        m_again.stop();
}

void PodWatch::Private::takeMissing(const ApiError &error)
{
    if (!m_known) {
        giveUp(error);
        return;
    }
    m_objectTrouble = error;
    if (isPod())
        m_state.pods.clear();
    readAgainIfLost();
    m_throttle.request();
}

void PodWatch::Private::takeObjectFailure(const ApiError &error)
{
    const bool maybeForwardable = isPod() && error.kind == ApiError::Kind::Forbidden;
    if (!m_known && !maybeForwardable) {
        giveUp(error);
        return;
    }
    m_objectTrouble = error;
    m_objectLive = false;
    if (maybeForwardable && !m_known) {
        PodInfo unseen;
        unseen.namespaceName = m_namespaceName;
        unseen.name = m_target.name;
        m_state.pods = {unseen};
        m_state.unchecked = true;
    }
    known();
}

void PodWatch::Private::takePods()
{
    m_state.pods = m_pods->pods();
    m_podsTrouble.reset();
    m_known = true;
    readAgainIfLost();
    m_throttle.request();
}

void PodWatch::Private::takePodsFailure(const ApiError &error)
{
    if (!m_known) {
        giveUp(error);
        return;
    }
    m_podsTrouble = error;
    m_podsLive = false;
    m_throttle.request();
}

void PodWatch::Private::lookForOwner(const PodInfo &pod)
{
    if (m_ownerAsked == pod.owner)
        return;
    m_ownerAsked = pod.owner;
    m_state.owner = pod.ownerTarget ? targetText(*pod.ownerTarget) : QString();
    m_ownerQuestion = std::make_unique<QObject>();
    findOwner(*m_client, pod, m_ownerQuestion.get(), [this](const std::optional<TargetRef> &owner) {
        m_state.owner = owner ? targetText(*owner) : QString();
        if (m_known)
            m_throttle.request();
    });
}

void PodWatch::Private::stop()
{
    m_over = true;
    m_again.stop();
    m_ownerQuestion.reset();
    if (m_object)
        m_object->stop();
    if (m_pods)
        m_pods->stop();
}

void PodWatch::Private::giveUp(const ApiError &error)
{
    stop();
    m_networkFailed = error.kind == ApiError::Kind::Network;
    emit m_watch->failed(error);
}

void PodWatch::Private::known()
{
    m_known = true;
    m_throttle.request();
}

void PodWatch::Private::tell()
{
    if (!m_known || m_over)
        return;
    m_state.live = m_objectLive && m_podsLive;
    m_state.trouble = m_objectTrouble ? m_objectTrouble : m_podsTrouble;
    if (m_told == m_state)
        return;
    m_told = m_state;
    emit m_watch->changed(m_state);
}

PodWatch::PodWatch(QObject *parent, const ListTiming &timing)
    : QObject(parent)
    , m_timing(timing)
{
}

PodWatch::~PodWatch() = default;

void PodWatch::start(const ConnectionConfig &config, const QString &namespaceName, const TargetRef &target)
{
    // Before the former run lets go of its own.
    auto client = d && d->networkFailed() ? freshApiClient(config) : sharedApiClient(config);
    stop();
    d = std::make_unique<Private>(this, m_timing, config, namespaceName, target);
    d->run(client);
}

void PodWatch::stop()
{
    if (!d)
        return;
    d->stop();
    d->setParent(this);
    d.release()->deleteLater(); // we may be inside its signal
}

void PodWatch::refresh()
{
    if (d)
        d->refresh();
}

} // namespace Fairlead::Kube
