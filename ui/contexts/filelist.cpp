#include "ui/contexts/filelist.h"

#include "ui/contexts/kubeconfigdesk.h"
#include "ui/icons.h"

#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

constexpr int Gap = 10;
constexpr int RowsShown = 3;
constexpr int RowPadding = 8;

/// As people write paths of their own.
QString shownPath(const QString &path)
{
    const QString home = QDir::homePath() + u'/';
    return path.startsWith(home) ? u"~/"_s + path.sliced(home.size()) : path;
}

} // namespace

FileList::FileList(KubeconfigDesk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_list(new QListWidget(this))
    , m_remove(new QPushButton(tr("&Remove"), this))
{
    m_list->setObjectName(u"addedFiles"_s);
    m_list->setAccessibleName(tr("Added kubeconfig files"));
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMaximumHeight(RowsShown * (fontMetrics().height() + RowPadding));
    m_remove->setObjectName(u"removeFile"_s);
    m_remove->setAutoDefault(false);
    auto *title = new QLabel(tr("Added kubeconfig &files"), this);
    title->setForegroundRole(QPalette::PlaceholderText);
    title->setBuddy(m_list);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(Gap);
    grid->setVerticalSpacing(Gap / 2);
    grid->addWidget(title, 0, 0);
    grid->addWidget(m_list, 1, 0);
    grid->addWidget(m_remove, 1, 1, Qt::AlignTop);
    grid->setColumnStretch(0, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, &FileList::updateButton);
    connect(m_remove, &QPushButton::clicked, this, &FileList::removeCurrent);
    refresh();
}

void FileList::refresh()
{
    const QString before = m_list->currentItem() ? m_list->currentItem()->data(Qt::UserRole).toString() : QString();
    m_list->clear();
    const QStringList files = m_desk.files();
    for (const QString &path : files) {
        //: A kubeconfig that was pasted: %1 is the path of the file that keeps it.
        const QString text = m_desk.isPasted(path) ? tr("Pasted: %1").arg(QFileInfo(path).fileName()) : shownPath(path);
        auto *item = new QListWidgetItem(text, m_list);
        item->setData(Qt::UserRole, path);
        item->setToolTip(path);
        if (!QFileInfo::exists(path))
            item->setIcon(icon(u"warning"_s, Tone::Warning));
        if (path == before)
            m_list->setCurrentItem(item);
    }
    setVisible(!files.isEmpty());
    updateButton();
}

void FileList::updateButton()
{
    m_remove->setEnabled(m_list->currentItem() != nullptr);
}

void FileList::removeCurrent()
{
    if (!m_list->currentItem())
        return;
    const QString path = m_list->currentItem()->data(Qt::UserRole).toString();
    if (!m_desk.isPasted(path)) {
        m_desk.remove(path);
        refresh();
        return;
    }
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Remove kubeconfig"),
                                tr("Delete the pasted kubeconfig “%1”?").arg(QFileInfo(path).fileName()),
                                QMessageBox::Cancel, this);
    box->setObjectName(u"deletePasted"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("Its text is kept nowhere else."));
    QPushButton *remove = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(remove, &QPushButton::clicked, this, [this, path] {
        m_desk.remove(path);
        refresh();
    });
    box->open();
}

} // namespace Fairlead::Ui
