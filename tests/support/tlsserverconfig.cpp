#include "tests/support/tlsserverconfig.h"

#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

using namespace Qt::StringLiterals;

namespace Fairlead::Test {

QSslConfiguration tlsServerConfiguration(const Identity &server, const Identity *clients)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(QSslCertificate::fromData(server.certificatePem()));
    configuration.setPrivateKey(QSslKey(server.keyPem(KeyForm::Sec1), QSsl::Ec));
    configuration.setPeerVerifyMode(clients ? QSslSocket::VerifyPeer : QSslSocket::VerifyNone);
    if (clients)
        configuration.setCaCertificates(QSslCertificate::fromData(clients->certificatePem()));
    return configuration;
}

CertificateWish serverWish()
{
    CertificateWish wish;
    wish.commonName = u"api"_s;
    wish.dnsNames = {u"api.example"_s};
    wish.addresses = {u"127.0.0.1"_s};
    return wish;
}

} // namespace Fairlead::Test
