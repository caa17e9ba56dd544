#pragma once

#include <QByteArray>
#include <QString>

/// Reads what a client needs out of the demo cluster's kubeconfig, without the client's own reader.
struct DemoCredentials {
    QByteArray authority;
    QByteArray clientCertificate;
    QByteArray clientKey;
    QByteArray token;
    QByteArray limitedToken;
};

[[nodiscard]] DemoCredentials readDemoCredentials(const QString &kubeconfig);
