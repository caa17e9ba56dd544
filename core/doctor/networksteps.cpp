#include "core/doctor/steps.h"
#include "core/net/proxy/serverconnector.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QLocale>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace Fairlead::Doctor {

namespace {

quint16 portOf(const Kube::ConnectionConfig &config)
{
    constexpr int HttpsPort = 443;
    constexpr int HttpPort = 80;
    return quint16(config.server.port(config.server.scheme() == "http"_L1 ? HttpPort : HttpsPort));
}

class NameStep final : public Step
{
    Q_OBJECT

public:
    explicit NameStep(Patient &patient)
        : Step(u"name"_s, tr("Name"), Needed::ByAll, patient)
    {
    }

    void run() override
    {
        const QString host = patient().config.server.host();
        if (!patient().config.proxyUrl.isEmpty()) {
            skip(tr("The proxy looks the server's name up."));
            return;
        }
        if (!QHostAddress(host).isNull()) {
            skip(tr("%1 is an address.").arg(host));
            return;
        }
        QHostInfo::lookupHost(host, this, [this, host](const QHostInfo &info) {
            if (info.error() != QHostInfo::NoError || info.addresses().isEmpty()) {
                bad(tr("The name %1 is not known.").arg(host), info.errorString(),
                    tr("Check the spelling in the kubeconfig; is a VPN needed to know this name?"));
                return;
            }
            QStringList addresses;
            for (const QHostAddress &address : info.addresses())
                addresses << address.toString();
            takeTime();
            good(tr("%1 is %2", "name, addresses").arg(host, addresses.join(u", "_s)));
        });
    }
};

/// TCP, through a proxy or not; the socket goes on to the next step.
class ConnectStep final : public Step
{
    Q_OBJECT

public:
    explicit ConnectStep(Patient &patient, Net::ServerConnector &connector)
        : Step(u"connection"_s, tr("Connection"), Needed::ByAll, patient)
        , m_connector(connector)
    {
    }

    void run() override
    {
        const Kube::ConnectionConfig &config = patient().config;
        const auto proxy = Net::makeProxyRoute(config.proxyUrl, config.proxySource, config.tls);
        if (!proxy) {
            bad(proxy.error(), {});
            return;
        }
        const bool proxied = proxy->settings.isUsed();
        connect(&m_connector, &Net::ServerConnector::connected, this, [this, proxied] {
            takeTime();
            const Kube::ConnectionConfig &connected = patient().config;
            good(proxied ? tr("%1 through the proxy %2 (%3)", "server, proxy, who named it")
                               .arg(patient().client->hostText(), Net::withoutProxyPassword(connected.proxyUrl),
                                    connected.proxySource)
                         : patient().client->hostText());
        });
        connect(&m_connector, &Net::ServerConnector::failed, this, [this](const Net::ConnectFailure &failure) {
            bad(failure.text, failure.detail, failure.byProxy ? QString() : tr("Is the server up? Is a VPN needed?"));
        });
        m_connector.open(config.server.host(), portOf(config), *proxy, patient().question.timeoutMs);
    }

private:
    Net::ServerConnector &m_connector;
};

class TlsStep final : public Step
{
    Q_OBJECT

public:
    TlsStep(Patient &patient, std::shared_ptr<Net::ServerConnector> connector)
        : Step(u"tls"_s, tr("TLS"), Needed::ByAll, patient)
        , m_connector(std::move(connector))
    {
    }

    [[nodiscard]] Net::ServerConnector &connector() { return *m_connector; }

    void run() override
    {
        const Kube::ConnectionConfig &config = patient().config;
        if (config.server.scheme() == "http"_L1) {
            warn(tr("The connection is not encrypted (http://), so no credentials are sent."), {});
            return;
        }
        const auto context = Net::TlsContext::create(config.tls, config.server.host());
        if (!context) {
            bad(context.error(), {});
            return;
        }
        m_socket = m_connector->makeSocket(*context, this);
        connect(m_socket, &Net::StreamSocket::ready, this, &TlsStep::onReady);
        connect(m_socket, &Net::StreamSocket::handshakeFailed, this, &TlsStep::onFailed);
        m_socket->start();
    }

private:
    void onReady()
    {
        takeTime();
        const Net::TlsFacts facts = m_socket->tlsFacts().value_or(Net::TlsFacts());
        m_socket->close();
        const QString text = tr("%1, certificate of %2 by %3, valid until %4", "protocol, subject, issuer, date")
                                 .arg(facts.protocol, facts.subject, facts.issuer,
                                      QLocale().toString(facts.validUntil.toLocalTime().date(), QLocale::ShortFormat));
        if (patient().config.tls.insecure)
            warn(text, tr("It was not checked (insecure-skip-tls-verify)."),
                 tr("Anyone on the way can pretend to be this server; give its CA in the kubeconfig instead."));
        else
            good(text);
    }

    void onFailed(const QString &error)
    {
        if (const auto failure = m_socket->tlsFailure())
            bad(failure->message, failure->detail);
        else
            bad(tr("The server and this program cannot agree on TLS."), error,
                tr("Is %1 really an API server's address?").arg(patient().client->hostText()));
    }

    std::shared_ptr<Net::ServerConnector> m_connector;
    Net::StreamSocket *m_socket = nullptr;
};

} // namespace

void addNetworkSteps(StepList &steps, Patient &patient)
{
    auto connector = std::make_shared<Net::ServerConnector>();
    steps.push_back(std::make_unique<NameStep>(patient));
    steps.push_back(std::make_unique<ConnectStep>(patient, *connector));
    steps.push_back(std::make_unique<TlsStep>(patient, connector));
}

} // namespace Fairlead::Doctor

#include "networksteps.moc"
