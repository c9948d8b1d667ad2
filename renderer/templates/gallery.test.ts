// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';

import { templateList } from '../../shared/templates/list.ts';
import { searchTemplates } from './gallery.ts';

const groups = {
  digits: 'Digits',
  classics: 'Classics',
  modern: 'Modern',
  pictures: 'Pictures to pictures',
} as const;
const found = (query: string) =>
  searchTemplates(templateList, query, (group) => groups[group]).flatMap(({ templates }) =>
    templates.map(({ id }) => id),
  );

describe('searching the templates', () => {
  it('shows all of them by group while nothing is typed', () => {
    const sections = searchTemplates(templateList, ' ', (group) => groups[group]);
    expect(sections.map(({ group }) => group)).toEqual(Object.keys(groups));
    expect(found('')).toEqual(templateList.map(({ id }) => id));
  });

  it.each([
    ['resnet', ['resnet-18', 'resnet-20', 'resnet-50']],
    ['ResNet 50', ['resnet-50']],
    ['resnet50', ['resnet-50']],
    ['VGG', ['vgg-16', 'vgg-19']],
    ['u-net', ['unet']],
  ])('finds %s by name', (query, ids) => {
    expect(found(query)).toEqual(ids);
  });

  it.each([
    ['bottleneck', ['resnet-50']],
    ['捷徑', ['resnet-18']],
    ['mnist', ['mnist-cnn']],
    ['2012', ['alexnet']],
    ['pictures to', ['autoencoder', 'unet']],
    ['572×572', ['unet']],
  ])('finds by what stands on the card: %s', (query, ids) => {
    expect(found(query)).toEqual(ids);
  });

  it('finds nothing where no card fits', () => {
    expect(found('transformer')).toEqual([]);
  });
});
