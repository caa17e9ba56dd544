#include "core/kube/config/clustertrust.h"

#include "core/kube/config/filebytes.h"
#include "core/kube/config/pemcheck.h"
#include "core/kube/config/serverurl.h"
#include "core/net/proxy/proxysettings.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

using Stage = ConfigProblem::Stage;

constexpr qint64 MaxPemBytes = 4 * 1024 * 1024; // Debian's whole ca-certificates.crt has 220 KiB

class ClusterResolver
{
public:
    ClusterResolver(const ClusterEntry &cluster, ConnectionConfig &config, Findings &findings)
        : m_cluster(cluster)
        , m_place(entryPlace(cluster.file, "cluster"_L1, cluster.name))
        , m_config(config)
        , m_findings(findings)
    {
    }

    void run(bool wantsTls)
    {
        m_config.cluster = m_cluster.name;
        m_config.disableCompression = m_cluster.disableCompression;
        m_config.execClusterConfig = m_cluster.execConfig;
        m_config.tls.insecure = m_cluster.insecure;
        m_config.tls.serverName = m_cluster.tlsServerName;
        resolveServer(wantsTls);
        checkProxyUrl();
        loadRoots();
        checkTrust();
    }

private:
    void problem(Stage stage, const QString &message, const QString &clientGo)
    {
        m_findings.problems.append({stage, message, clientGo});
    }

    void resolveServer(bool wantsTls)
    {
        if (m_cluster.server.isEmpty()) {
            if (!m_cluster.file.isEmpty())
                problem(Stage::Validate,
                        Text::tr("%1: it has no server. Add its URL.", "%1 file and cluster").arg(m_place),
                        u"no server found for cluster \"%1\""_s.arg(m_cluster.name));
            return;
        }
        const auto url = normalizeServerUrl(m_cluster.server, wantsTls);
        if (!url) {
            problem(Stage::Connect,
                    Text::tr("%1: server \"%2\" cannot be used: %3", "%1 file and cluster, %3 a reason with full stop")
                        .arg(m_place, m_cluster.server, url.error().message),
                    url.error().clientGo);
            return;
        }
        m_config.server = url->url;
        for (const QString &note : url->notes)
            m_findings.warnings +=
                Text::tr("%1: server: %2", "%1 file and cluster, %2 a note with full stop").arg(m_place, note);
    }

    void checkProxyUrl()
    {
        m_config.proxyUrl = m_cluster.proxyUrl;
        if (m_cluster.proxyUrl.isEmpty())
            return;
        // As Go's url.Parse cuts it: what stands before the first colon is the scheme if it looks like one.
        static const QRegularExpression schemePart(u"\\A([A-Za-z][A-Za-z0-9+.-]*):"_s);
        const QString scheme = schemePart.match(m_cluster.proxyUrl).captured(1);
        const QString known = scheme.toLower();
        const bool supported =
            known == "http"_L1 || known == "https"_L1 || known == "socks5"_L1 || known == "socks5h"_L1;
        const QUrl url(m_cluster.proxyUrl, QUrl::StrictMode);
        if (supported && url.isValid() && !url.host().isEmpty())
            return;
        const QString shown = Net::withoutProxyPassword(m_cluster.proxyUrl);
        const QString cause = supported ? u"parse \"%1\": invalid URL"_s.arg(shown)
                                        : u"unsupported scheme \"%1\", must be http, https, or socks5"_s.arg(scheme);
        problem(Stage::Validate,
                Text::tr("%1: proxy-url \"%2\" cannot be used (%3). Write it like http://proxy.example.com:3128.",
                         "%1 file and cluster, %3 kubectl's reason")
                    .arg(m_place, shown, cause),
                u"invalid 'proxy-url' \"%1\" for cluster \"%2\": %3"_s.arg(shown, m_cluster.name, cause));
    }

    void loadRoots()
    {
        if (!m_cluster.caData.isEmpty()) {
            m_config.tls.caPem = m_cluster.caData;
            m_config.caSource = u"certificate-authority-data"_s;
            if (!m_cluster.caFile.isEmpty())
                m_findings.warnings += Text::tr("%1: it has certificate-authority-data and certificate-authority; the "
                                                "data is used. kubectl refuses that. Remove one of them.",
                                                "%1 file and cluster")
                                           .arg(m_place);
            return;
        }
        if (m_cluster.caFile.isEmpty())
            return;
        m_config.caSource = m_cluster.caFile;
        const auto bytes = readFileBytes(m_cluster.caFile, MaxPemBytes);
        m_rootsReadable = bytes.hasValue();
        if (bytes)
            m_config.tls.caPem = *bytes;
        else
            problem(Stage::Validate,
                    Text::tr("%1: certificate-authority \"%2\" cannot be read: %3.",
                             "%1 file and cluster, %2 file, %3 the system's words")
                        .arg(m_place, m_cluster.caFile, bytes.error().text),
                    u"unable to read certificate-authority %1 for %2 due to %3"_s.arg(m_cluster.caFile, m_cluster.name,
                                                                                      bytes.error().go));
    }

    void checkTrust()
    {
        if (m_config.caSource.isEmpty() || m_config.server.scheme() == "http"_L1)
            return;
        if (m_cluster.insecure) {
            const bool data = m_config.caSource == "certificate-authority-data"_L1;
            problem(Stage::Connect,
                    Text::tr("%1: insecure-skip-tls-verify and %2 contradict each other. Remove one of them.",
                             "%1 file and cluster, %2 field")
                        .arg(m_place, data ? u"certificate-authority-data"_s : u"certificate-authority"_s),
                    u"specifying a root certificates file with the insecure flag is not allowed"_s);
            return;
        }
        if (m_rootsReadable)
            checkRootCertificates();
    }

    void checkRootCertificates()
    {
        const RootsCheck roots = checkRoots(m_config.tls.caPem);
        const QString place = m_config.caSource == m_cluster.caFile
            ? u"%1: certificate-authority \"%2\""_s.arg(m_place, m_cluster.caFile)
            : m_place + ": certificate-authority-data"_L1;
        if (roots.certificates == 0)
            problem(Stage::Connect,
                    Text::tr("%1 holds no certificate in PEM form, so no server could be trusted.",
                             "%1 file, cluster and field")
                        .arg(place),
                    u"unable to load root certificates: unable to parse bytes as PEM block"_s);
        else if (roots.lastExpiry < QDateTime::currentDateTimeUtc())
            m_findings.warnings += Text::tr("%1 expired on %2; the server's certificate will not be accepted.",
                                            "%1 file, cluster and field, %2 date")
                                       .arg(place, roots.lastExpiry.toString(u"yyyy-MM-dd"_s));
    }

    const ClusterEntry &m_cluster;
    QString m_place;
    ConnectionConfig &m_config;
    Findings &m_findings;
    bool m_rootsReadable = true;
};

} // namespace

void resolveCluster(const ClusterEntry &cluster, bool wantsTls, ConnectionConfig &config, Findings &findings)
{
    ClusterResolver(cluster, config, findings).run(wantsTls);
}

} // namespace Fairlead::Kube
