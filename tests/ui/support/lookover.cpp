#include "support/lookover.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QComboBox>
#include <QHash>
#include <QHeaderView>
#include <QKeySequence>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QTabBar>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace Fairlead::Test {

namespace {

QString nameOf(const QWidget &widget, const QString &words)
{
    return QStringLiteral("%1 %2 “%3”")
        .arg(QString::fromLatin1(widget.metaObject()->className()), widget.objectName(), words);
}

QString needs(const QWidget &widget, const QString &words, QSize wanted, QSize given)
{
    return QStringLiteral("%1 needs %2 × %3, has %4 × %5")
        .arg(nameOf(widget, words))
        .arg(wanted.width())
        .arg(wanted.height())
        .arg(given.width())
        .arg(given.height());
}

/// What is wider or higher than the room for it is a fault.
void hold(QStringList &faults, const QWidget &widget, const QString &words, QSize wanted, QSize given)
{
    if (wanted.width() > given.width() || wanted.height() > given.height())
        faults << needs(widget, words, wanted, given);
}

void lookAt(const QLabel &label, QStringList &faults)
{
    if (label.text().isEmpty())
        return;
    const QSize room = label.size();
    QSize wanted = label.sizeHint();
    if (label.wordWrap())
        wanted = {label.minimumSizeHint().width(), label.heightForWidth(room.width())};
    hold(faults, label, label.text(), wanted, room);
}

void lookAt(const QAbstractButton &button, QStringList &faults)
{
    if (!button.text().isEmpty())
        hold(faults, button, button.text(), button.minimumSizeHint().boundedTo(button.sizeHint()), button.size());
}

void lookAt(const QComboBox &box, QStringList &faults)
{
    QStyleOptionComboBox option;
    option.initFrom(&box);
    option.editable = box.isEditable();
    const QRect field = box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box);
    int room = field.width();
    if (!box.currentData(Qt::DecorationRole).isNull())
        room -= box.iconSize().width() + 4; // as QComboBox leaves beside an icon
    const int wanted = box.fontMetrics().horizontalAdvance(box.currentText());
    if (wanted > room)
        faults << needs(box, box.currentText(), {wanted, 0}, {room, 0});
}

void lookAt(const QLineEdit &field, QStringList &faults)
{
    const QString words = field.placeholderText();
    const int wanted = field.fontMetrics().horizontalAdvance(words);
    if (field.text().isEmpty() && wanted > field.width())
        faults << needs(field, words, {wanted, 0}, field.size());
}

void lookAt(const QTabBar &tabs, QStringList &faults)
{
    for (int i = 0; i < tabs.count(); ++i) {
        const int wanted = tabs.fontMetrics().size(Qt::TextShowMnemonic, tabs.tabText(i)).width();
        if (wanted > tabs.tabRect(i).width())
            faults << needs(tabs, tabs.tabText(i), {wanted, 0}, tabs.tabRect(i).size());
    }
}

void lookAt(const QHeaderView &header, QStringList &faults)
{
    if (header.orientation() != Qt::Horizontal)
        return;
    for (int i = 0; i < header.count(); ++i) {
        const QString words = header.model()->headerData(i, Qt::Horizontal).toString();
        const int wanted = header.fontMetrics().horizontalAdvance(words);
        if (!header.isSectionHidden(i) && wanted > header.sectionSize(i))
            faults << needs(header, words, {wanted, 0}, {header.sectionSize(i), header.height()});
    }
}

/// What a layout pushed out of its parent is cut off whatever its own size is; scroll areas may do that.
void lookAtPlace(const QWidget &widget, QStringList &faults)
{
    const QWidget *parent = widget.parentWidget();
    const bool scrolled = parent->parentWidget() && parent->parentWidget()->inherits("QAbstractScrollArea");
    if (!scrolled && !widget.size().isEmpty() && !parent->rect().contains(widget.geometry()))
        faults << QStringLiteral("%1 stands out of its %2 (%3 × %4)")
                      .arg(nameOf(widget, widget.accessibleName()),
                           QString::fromLatin1(parent->metaObject()->className()))
                      .arg(parent->width())
                      .arg(parent->height());
}

/// Those that are parts of Qt's own compound widgets are its matter.
bool isOurs(const QWidget &widget)
{
    return !widget.objectName().startsWith("qt_"_L1) && !widget.inherits("QLineEditIconButton");
}

void countMnemonic(const QString &words, QHash<QString, QStringList> &users)
{
    const QKeySequence key = QKeySequence::mnemonic(words);
    if (!key.isEmpty())
        users[key.toString()] << words;
}

void report(const QHash<QString, QStringList> &users, const QString &place, QStringList &faults)
{
    for (auto it = users.begin(); it != users.end(); ++it) {
        if (it->size() > 1)
            faults << QStringLiteral("%1: %2 is for %3").arg(place, it.key(), it->join(" and "_L1));
    }
}

void lookAtMenu(const QMenu &menu, QStringList &faults)
{
    QHash<QString, QStringList> users;
    const QList<QAction *> entries = menu.actions();
    for (const QAction *entry : entries) {
        if (!entry->isVisible())
            continue;
        countMnemonic(entry->text(), users);
        if (const QMenu *below = entry->menu())
            lookAtMenu(*below, faults);
    }
    report(users, menu.title(), faults);
}

} // namespace

QStringList cutOffWords(const QWidget &window)
{
    QStringList faults;
    const QList<QWidget *> all = window.findChildren<QWidget *>();
    for (const QWidget *widget : all) {
        if (!widget->isVisibleTo(&window) || widget->window() != &window || !isOurs(*widget))
            continue;
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            lookAt(*label, faults);
        else if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            lookAt(*button, faults);
        else if (const auto *box = qobject_cast<const QComboBox *>(widget))
            lookAt(*box, faults);
        else if (const auto *field = qobject_cast<const QLineEdit *>(widget))
            lookAt(*field, faults);
        else if (const auto *tabs = qobject_cast<const QTabBar *>(widget))
            lookAt(*tabs, faults);
        else if (const auto *header = qobject_cast<const QHeaderView *>(widget))
            lookAt(*header, faults);
        lookAtPlace(*widget, faults);
    }
    return faults;
}

QStringList doubledMnemonics(const QWidget &window)
{
    QStringList faults;
    QHash<QString, QStringList> users;
    const QList<QWidget *> all = window.findChildren<QWidget *>();
    for (const QWidget *widget : all) {
        if (const auto *bar = qobject_cast<const QMenuBar *>(widget)) {
            const QList<QAction *> menus = bar->actions();
            for (const QAction *entry : menus) {
                countMnemonic(entry->text(), users);
                if (entry->menu())
                    lookAtMenu(*entry->menu(), faults);
            }
        }
        if (!widget->isVisibleTo(&window) || widget->window() != &window)
            continue;
        if (const auto *label = qobject_cast<const QLabel *>(widget); label && label->buddy())
            countMnemonic(label->text(), users);
        else if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            countMnemonic(button->text(), users);
        else if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
            for (int i = 0; i < tabs->count(); ++i)
                countMnemonic(tabs->tabText(i), users);
        }
    }
    report(users, window.windowTitle(), faults);
    return faults;
}

QStringList namelessControls(const QWidget &window)
{
    QStringList faults;
    const QList<QWidget *> all = window.findChildren<QWidget *>();
    for (QWidget *widget : all) {
        const bool works = widget->focusPolicy() != Qt::NoFocus || qobject_cast<QAbstractButton *>(widget);
        // A tab's page and the field of a choice are named by what is around them.
        if (!works || !widget->isVisibleTo(&window) || widget->window() != &window || !isOurs(*widget)
            || qobject_cast<QComboBox *>(widget->parentWidget()) || widget->inherits("QAbstractSpinBox")
            || qobject_cast<QAbstractItemView *>(widget->parentWidget()) || qobject_cast<QLabel *>(widget))
            continue;
        const QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
        if (spoken && spoken->text(QAccessible::Name).isEmpty())
            faults << nameOf(*widget, widget->toolTip());
    }
    return faults;
}

} // namespace Fairlead::Test
