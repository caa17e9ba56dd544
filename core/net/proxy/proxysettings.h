#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QString>

namespace Fairlead::Net {

/// The proxy that stands in front of a server: an HTTP proxy that is asked to CONNECT, the same behind TLS, or SOCKS5.
/// Holds a password: show text() or named(), nothing else.
struct ProxySettings {
    enum class Kind { None, Http, Https, Socks5 };

    Kind kind = Kind::None;
    QString host; ///< without brackets
    quint16 port = 0;
    QByteArray user; ///< UTF-8, as sent; empty: no sign-in
    QByteArray password;
    QString source; ///< who named it, for people: "proxy-url", "HTTPS_PROXY"

    [[nodiscard]] bool isUsed() const { return kind != Kind::None; }
    [[nodiscard]] bool hasCredentials() const { return !user.isEmpty() || !password.isEmpty(); }
    /// "http://proxy.example.com:3128": without user and password.
    [[nodiscard]] QString text() const;
    /// text() and, where that is known, who named it.
    [[nodiscard]] QString named() const;

    bool operator==(const ProxySettings &) const = default;
};

/// Reads a URL as kubeconfig and environment have it: http, https, socks5 or socks5h (as Go, both let the proxy look
/// names up); without a port 80, 443 or 1080; user and password percent-encoded. An empty text means no proxy. The
/// error is a sentence without the password.
[[nodiscard]] Result<ProxySettings, QString> proxyFromUrl(const QString &url, const QString &source = {});

/// `url` as it may be shown: what stands between user and host is taken out, also where the URL is no proper one.
[[nodiscard]] QString withoutProxyPassword(const QString &url);

/// "host:port", an IPv6 address in brackets.
[[nodiscard]] QString hostAndPort(const QString &host, quint16 port);

} // namespace Fairlead::Net
