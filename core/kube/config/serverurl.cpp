#include "core/kube/config/serverurl.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

constexpr int HttpsPort = 443;
constexpr int HttpPort = 80;
/// Ports where an API server speaks TLS by custom: the default, kubeadm's and OpenShift's, minikube's.
constexpr std::array TlsPorts{HttpsPort, 6443, 8443};

/// Go's path.Join, which client-go runs the prefix through: no doubled slashes, no trailing one. Percent-encoding is
/// left as it is.
QString cleanPath(const QString &encodedPath)
{
    QString path;
    for (const QString &segment : encodedPath.split(u'/', Qt::SkipEmptyParts))
        path += u'/' + segment;
    return path;
}

bool meansTls(const QUrl &url, bool wantsTls)
{
    return wantsTls || std::ranges::find(TlsPorts, url.port()) != TlsPorts.end();
}

Result<QString, ServerUrlError> withScheme(const QString &server, bool wantsTls, QStringList &notes)
{
    static const QRegularExpression scheme(u"^([A-Za-z][A-Za-z0-9+.-]*)://"_s);
    const auto match = scheme.match(server);
    if (match.hasMatch()) {
        const QString word = match.captured(1).toLower();
        if (word == "http"_L1 || word == "https"_L1)
            return server;
        return Failure{ServerUrlError{Text::tr("the scheme \"%1\" is neither https nor http.").arg(word),
                                      u"unsupported protocol scheme \"%1\""_s.arg(word)}};
    }
    if (server.contains(u'/'))
        return Failure{ServerUrlError{
            Text::tr("it has a path but no scheme; write https:// in front (host must be a URL or a host:port pair)."),
            u"host must be a URL or a host:port pair: \"%1\""_s.arg(server)}};
    if (meansTls(QUrl(u"https://"_s + server), wantsTls)) {
        notes += Text::tr("\"%1\" has no scheme; Fairlead takes https. kubectl takes http and sends no credentials. "
                          "Write https:// in front.")
                     .arg(server);
        return u"https://"_s + server;
    }
    notes += Text::tr("\"%1\" has no scheme, which means http, unencrypted. Write https:// in front if the server "
                      "speaks TLS.")
                 .arg(server);
    return u"http://"_s + server;
}

void dropExtras(QUrl &url, QStringList &notes)
{
    if (url.hasQuery() || url.hasFragment())
        notes += Text::tr("the part behind the path is not used.");
    if (!url.userInfo().isEmpty())
        notes += Text::tr("the user name in the address is not used; put username and password into the user's entry.");
    url.setQuery(QString());
    url.setFragment(QString());
    url.setUserInfo(QString());
}

} // namespace

Result<ServerUrl, ServerUrlError> normalizeServerUrl(const QString &server, bool wantsTls)
{
    ServerUrl result;
    const QString trimmed = server.trimmed();
    if (trimmed != server)
        result.notes += Text::tr("blanks around the address are ignored.");
    const auto text = withScheme(trimmed, wantsTls, result.notes);
    if (!text)
        return Failure{text.error()};
    QUrl url(*text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return Failure{ServerUrlError{
            Text::tr("\"%1\" is not an address (%2).", "%2 words of the URL parser")
                .arg(server, url.errorString().isEmpty() ? Text::tr("it has no host") : url.errorString()),
            u"parse \"%1\": invalid URL"_s.arg(server)}};
    dropExtras(url, result.notes);
    url.setPort(url.port(url.scheme() == "http"_L1 ? HttpPort : HttpsPort));
    url.setPath(cleanPath(url.path(QUrl::FullyEncoded)), QUrl::TolerantMode);
    result.url = url;
    return result;
}

} // namespace Fairlead::Kube
