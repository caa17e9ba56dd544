#include "ui/window/shortcutsdialog.h"

#include "ui/window/actions.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

QString plain(QString menuText)
{
    return menuText.remove('&'_L1);
}

QString keyText(const QList<QKeySequence> &sequences)
{
    QStringList keys;
    for (const QKeySequence &sequence : sequences)
        keys << sequence.toString(QKeySequence::NativeText);
    return keys.join(u", "_s);
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const Actions &actions, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    auto *list = new QTreeWidget(this);
    list->setAccessibleName(windowTitle());
    list->setColumnCount(2);
    list->setHeaderLabels({tr("Action"), tr("Keys")});
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    const auto add = [list](const QString &what, const QString &keys) {
        if (!keys.isEmpty())
            new QTreeWidgetItem(list, {what, keys});
    };
    for (const ActionId id : actions.ids())
        add(plain(actions.get(id).text()), keyText(actions.get(id).shortcuts()));
    add(tr("Start or stop the selected forwards"), QKeySequence(Qt::Key_Space).toString(QKeySequence::NativeText));
    add(tr("Filter, from the table"), QKeySequence(Qt::Key_Slash).toString(QKeySequence::NativeText));
    add(tr("Go to the details of the selected forward"),
        QKeySequence(Qt::Key_Return).toString(QKeySequence::NativeText));
    add(tr("Clear the filter and go back to the table"),
        QKeySequence(Qt::Key_Escape).toString(QKeySequence::NativeText));
    list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    list->setCurrentItem(list->topLevelItem(0));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *box = new QVBoxLayout(this);
    box->addWidget(list);
    box->addWidget(buttons);
    const int em = fontMetrics().horizontalAdvance('n'_L1);
    resize(62 * em, fontMetrics().height() * 30);
}

} // namespace Fairlead::Ui
