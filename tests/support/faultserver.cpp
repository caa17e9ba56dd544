#include "tests/support/faultserver.h"

#include "core/protocol/http/headparser.h"
#include "core/protocol/portforward/pairassembler.h"
#include "tests/support/faultconnection.h"
#include "tests/support/testcertificates.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTcpServer>

using namespace Qt::StringLiterals;

namespace Fairlead::Test {

QByteArray pattern(quint32 seed, qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 state = seed * 2654435761u + 1;
    for (char &byte : bytes) {
        state = state * 1664525u + 1013904223u;
        byte = char(state >> 24);
    }
    return bytes;
}

/// Accepts descriptors and makes connections of them.
class FaultListener final : public QTcpServer
{
public:
    FaultListener(FaultServer &server, QSslConfiguration tls, QObject *parent)
        : QTcpServer(parent)
        , m_server(server)
        , m_tls(std::move(tls))
    {
        setListenBacklogSize(500);
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        new FaultConnection(m_server, m_server.script(), descriptor, m_tls, this);
    }

private:
    FaultServer &m_server;
    QSslConfiguration m_tls;
};

class FaultServer::Worker final : public QObject
{
public:
    Worker(FaultServer &server, QSslConfiguration tls)
        : m_server(server)
        , m_listener(new FaultListener(server, std::move(tls), this))
    {
    }

    quint16 listen(quint16 port)
    {
        if (!m_listener->isListening() && !m_listener->listen(QHostAddress::LocalHost, port))
            qFatal("the fault server cannot listen: %s", qPrintable(m_listener->errorString()));
        return m_listener->serverPort();
    }
    void setListening(bool on)
    {
        if (on)
            listen(m_server.m_port);
        else
            m_listener->close();
    }
    void setBlackHole(bool on)
    {
        if (on)
            m_listener->pauseAccepting();
        else
            m_listener->resumeAccepting();
        const auto all = m_listener->findChildren<FaultConnection *>();
        for (FaultConnection *connection : all)
            connection->blackHoleChanged();
    }
    void killAll(Kill kind)
    {
        const auto all = m_listener->findChildren<FaultConnection *>();
        for (FaultConnection *connection : all)
            connection->kill(kind);
    }

private:
    FaultServer &m_server;
    FaultListener *m_listener;
};

namespace {
QSslConfiguration serverTls(const Identity &identity)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    tls.setLocalCertificate(QSslCertificate(identity.certificatePem()));
    tls.setPrivateKey(QSslKey(identity.keyPem(KeyForm::Sec1), QSsl::Ec));
    return tls;
}
} // namespace

FaultServer::FaultServer(const ServerScript &script)
    : m_script(script)
{
    const Identity authority = makeAuthority();
    CertificateWish wish;
    wish.addresses = QStringList{u"127.0.0.1"_s};
    const Identity identity(wish, authority);
    m_caPem = authority.certificatePem();
    m_worker = new Worker(*this, serverTls(identity));
    m_worker->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_worker, [this] { m_port = m_worker->listen(0); }, Qt::BlockingQueuedConnection);
}

FaultServer::~FaultServer()
{
    m_worker->deleteLater();
    m_thread.quit();
    m_thread.wait();
}

void FaultServer::setScript(const ServerScript &script)
{
    const std::lock_guard lock(m_mutex);
    m_script = script;
}

ServerScript FaultServer::script() const
{
    const std::lock_guard lock(m_mutex);
    return m_script;
}

Kube::ConnectionConfig FaultServer::connection() const
{
    Kube::ConnectionConfig config;
    config.context = u"test"_s;
    config.server = QUrl(u"%1://127.0.0.1:%2"_s.arg(script().tls ? u"https"_s : u"http"_s).arg(m_port));
    config.tls.caPem = m_caPem;
    return config;
}

void FaultServer::killAll(Kill kind)
{
    QMetaObject::invokeMethod(
        m_worker, [this, kind] { m_worker->killAll(kind); }, Qt::BlockingQueuedConnection);
}

void FaultServer::setBlackHole(bool on)
{
    m_blackHole = on;
    QMetaObject::invokeMethod(
        m_worker, [this, on] { m_worker->setBlackHole(on); }, Qt::BlockingQueuedConnection);
}

void FaultServer::setListening(bool on)
{
    QMetaObject::invokeMethod(
        m_worker, [this, on] { m_worker->setListening(on); }, Qt::BlockingQueuedConnection);
}

} // namespace Fairlead::Test
