#include "ui/exchange/exportdesk.h"

#include "core/store/exchange/exporter.h"
#include "core/store/profiles/profileplan.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

/// "Team A: staging" as a name that every file system takes.
QString fileNameFor(const QString &profile)
{
    QString name = profile;
    for (QChar &c : name) {
        if (!c.isLetterOrNumber() && !u" -_.()"_s.contains(c))
            c = u'-';
    }
    return name.startsWith(u'.') ? u'-' + name : name;
}

QString remarksText(const Store::Profile &profile, const QList<Store::ExportRemark> &remarks)
{
    QStringList lines;
    for (const Store::ExportRemark &remark : remarks)
        lines << Store::displayName(profile.forwards.at(remark.forward).spec) + u": "_s + remark.text;
    return lines.join(u'\n');
}

} // namespace

ExportDesk::ExportDesk(QWidget &window)
    : QObject(&window)
    , m_window(window)
{
}

void ExportDesk::fillMenu(QMenu &menu, const Store::Profile &profile)
{
    for (const Store::FormatInfo &info : Store::formats()) {
        if (!info.writable)
            continue;
        //: Menu entry; %1 is the name of a file format.
        menu.addAction(tr("As %1…").arg(info.title), this,
                       [this, profile, format = info.format] { choosePlace(profile, format); });
    }
}

void ExportDesk::choosePlace(const Store::Profile &profile, Store::Format format)
{
    const QString suffix = Store::formatInfo(format).suffix;
    auto *dialog = new QFileDialog(&m_window, tr("Export profile"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(fileNameFor(profile.name) + u'.' + suffix);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, profile, format](const QString &path) { write(profile, format, path); });
    dialog->open();
}

void ExportDesk::write(const Store::Profile &profile, Store::Format format, const QString &path)
{
    const Store::Exported exported = Store::exportForwards(profile, format);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(exported.text) != exported.text.size() || !file.commit()) {
        emit problem(tr("%1 could not be written.").arg(path), file.errorString());
        return;
    }
    emit notice(tr("%n forward(s) written to %1.", nullptr, exported.written).arg(path));
    if (!exported.remarks.isEmpty())
        emit problem(tr("%1 does not hold all of profile “%2”.").arg(path, profile.name),
                     remarksText(profile, exported.remarks));
}

} // namespace Fairlead::Ui
