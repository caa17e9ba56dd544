#include "tests/support/faultserver.h"

#include "core/protocol/http/headparser.h"
#include "core/protocol/portforward/pairassembler.h"
#include "tests/support/faultconnection.h"
#include "tests/support/testcertificates.h"

#include <QCoreApplication>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTcpServer>

#include <cstring>

using namespace Qt::StringLiterals;

namespace Fairlead::Test {

QByteArray patternAt(quint32 seed, qint64 offset, qsizetype size)
{
    // SplitMix64 of the position, eight bytes at a time: any part can be made without the parts before it.
    const qint64 first = offset / 8;
    const qint64 last = (offset + size + 7) / 8;
    QByteArray words((last - first) * 8, Qt::Uninitialized);
    char *out = words.data();
    for (qint64 word = first; word < last; ++word, out += 8) {
        quint64 z = (quint64(seed) << 32) + quint64(word + 1) * 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        z ^= z >> 31;
        std::memcpy(out, &z, sizeof z);
    }
    return words.mid(offset - first * 8, size);
}

QByteArray pattern(quint32 seed, qsizetype size)
{
    return patternAt(seed, 0, size);
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

QByteArray FaultServer::lastUpgradePath() const
{
    const std::lock_guard lock(m_mutex);
    return m_lastUpgradePath;
}

Kube::ConnectionConfig FaultServer::connection() const
{
    Kube::ConnectionConfig config;
    config.context = u"test"_s;
    config.server = QUrl(u"%1://127.0.0.1:%2"_s.arg(script().tls ? u"https"_s : u"http"_s).arg(m_port.load()));
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
