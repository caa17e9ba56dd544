#include "ui/profiles/sessionkeeper.h"

#include "core/store/profiles/profilefile.h"
#include "core/store/profiles/profilewriter.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {
// Starting twenty forwards is one change; a crash costs no more than this.
constexpr int SettleMs = 500;

QString userFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/last-session.yaml"_s;
}
} // namespace

SessionKeeper::SessionKeeper(ForwardService &service, ProfileCommands &commands, const QString &path, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_commands(commands)
    , m_path(path.isEmpty() ? userFile() : path)
    , m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    m_timer->setInterval(SettleMs);
    connect(m_timer, &QTimer::timeout, this, &SessionKeeper::flush);
}

SessionKeeper::~SessionKeeper() = default;

QList<Forward::ForwardId> SessionKeeper::restore(QString *problem)
{
    QList<Forward::ForwardId> ran;
    if (QFileInfo::exists(m_path)) {
        if (const auto loaded = Store::loadProfile(m_path)) {
            ran = m_commands.bringBack(loaded->profile);
        } else {
            const QString aside = m_path + QDateTime::currentDateTime().toString(u"'.'yyyyMMdd-HHmmss'.broken'"_s);
            QFile::rename(m_path, aside);
            *problem = tr("%1 It was put aside as %2.").arg(loaded.error().text, aside);
        }
    }
    connect(&m_service, &ForwardService::added, this, &SessionKeeper::note);
    connect(&m_service, &ForwardService::removed, this, &SessionKeeper::note);
    connect(&m_service, &ForwardService::changed, this, &SessionKeeper::note);
    return ran;
}

void SessionKeeper::note()
{
    if (!m_timer->isActive())
        m_timer->start();
}

void SessionKeeper::flush()
{
    m_timer->stop();
    const Store::Profile profile = m_commands.current(u"last session"_s);
    const QByteArray bytes = Store::writeProfile(profile);
    if (bytes == m_written)
        return;
    const auto written = Store::overwriteProfile(m_path, profile);
    if (written)
        m_written = bytes;
    else if (!m_failing)
        emit failed(written.error().text);
    m_failing = !written;
}

} // namespace Fairlead::Ui
