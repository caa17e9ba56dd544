#include "app/engine/engineparts.h"

#include "app/cli/connectionflags.h"

namespace Fairlead::App {

namespace {

static_assert(Forward::EngineOptions().waitForTunnelMs == Store::Settings::ConnectionWaitSeconds.standard * 1'000);
static_assert(Forward::EngineOptions().maxWaiting == Store::Settings::MaxWaiting.standard);

/// What the user has set; all else as the engine has it.
Forward::EngineOptions engineOptions(const Store::Settings &settings)
{
    Forward::EngineOptions options;
    options.waitForTunnelMs = settings.connectionWaitSeconds() * 1'000;
    options.maxWaiting = settings.maxWaiting();
    switch (settings.carrier()) {
    case Store::Settings::Carrier::Automatic:
        break;
    case Store::Settings::Carrier::Spdy:
        options.transport = Net::TransportChoice::Spdy;
        break;
    case Store::Settings::Carrier::WebSocket:
        options.transport = Net::TransportChoice::WebSocket;
        break;
    }
    return options;
}

} // namespace

EngineParts::EngineParts(const Kube::ConnectionFlags &flags, QObject *parent)
    : QObject(parent)
    , contexts(flags)
    , forwards([this](const Kube::ContextRef &context) { return contexts.resolve(context); })
    , m_overrides(overridingFlags(flags))
{
    contexts.setAddedFiles(settings.addedKubeconfigs());
    const auto applyOptions = [this] { forwards.setOptions(engineOptions(settings)); };
    applyOptions();
    connect(&settings, &Store::Settings::carrierChanged, this, applyOptions);
    connect(&settings, &Store::Settings::waitingChanged, this, applyOptions);
}

EngineParts::~EngineParts() = default;

Store::Surroundings EngineParts::surroundings() const
{
    Store::Surroundings here = Store::surroundingsOf(contexts.contexts(), contexts.preferredContext());
    for (const Forward::ForwardId id : forwards.ids())
        here.forwards << Store::Surroundings::Present{id, forwards.snapshot(id).spec};
    return here;
}

} // namespace Fairlead::App
